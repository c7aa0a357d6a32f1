// The map page: joins the map, the slider, the legend, the list and the address. Where the browser cannot draw, all else works.

import * as api from "./api.js";
import { layers, sources } from "./basemap.js";
import { long, parse } from "./dates.js";
import { Dots } from "./dots.js";
import { dark, inks, turned } from "./inks.js";
import { Labels } from "./labels.js";
import * as legend from "./legend.js";
import { ratio } from "./overlay.js";
import { Panel, list } from "./panel.js";
import { Slider } from "./slider.js";
import { knownOn, read, ungraded, write } from "./state.js";

const $ = (id) => document.getElementById(id);
const LISTED = 40;
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

class Atlas {
  constructor(about, places) {
    this.about = about;
    this.places = places;
    this.numbers = new Map(places.key.map((key, n) => [key, n]));
    this.state = read(location.search, about);
    this.dots = new Dots(places, inks($("atlas")));
    this.panel = new Panel(() => this.choose(null));
    this.slider = new Slider({ first: parse(about.first), last: parse(about.last) }, (time) => this.change(time));
    this.slider.set(this.state);
    this.choices();
    legend.marks($("marks"), about);
  }

  // ------------------------------------------------------------------------------------------------- what is asked

  choices() {
    const kinds = { weighed: "", side: "Sides", source: "Sources" };
    for (const [kind, words] of Object.entries(kinds)) {
      const into = words ? Object.assign(document.createElement("optgroup"), { label: words }) : $("by");
      for (const lane of this.about.lanes.filter((one) => one.by.split(":")[0] === kind).slice(0, 300)) into.append(new Option(lane.name, lane.by));
      if (into !== $("by") && into.children.length) $("by").append(into);
    }
    for (const grade of this.about.grades) $("grade").append(new Option(grade, grade));
    for (const type of this.about.types) $("type").append(new Option(`${type.key} (${type.claims.toLocaleString("en")})`, type.key));
    for (const id of ["by", "holder", "grade", "type", "window"]) {
      $(id).addEventListener("change", () => this.change({ [id]: id === "window" ? Number($(id).value) : $(id).value }));
    }
    this.asked();
  }

  /** The controls as the state has it. */
  asked() {
    for (const id of ["by", "holder", "grade", "type", "window"]) {
      const value = String(this.state[id]);
      if (![...$(id).options].some((one) => one.value === value)) $(id).append(new Option(value, value));
      $(id).value = value;
    }
    $("window-label").hidden = !this.state.type;
    const why = ungraded(this.state, this.about);
    $("grade").disabled = why !== "";
    if (why) $("grade").value = "";
    $("grade-why").textContent = why;
    $("grade-why").hidden = !why;
  }

  change(what) {
    performance.mark("whosays:change");
    const type = this.state.type;
    this.state = { ...this.state, ...what };
    this.asked();
    if (this.state.type !== type) this.count();
    this.address();
    this.wanted = true;
    this.running ??= this.run();
    this.slider.ready = this.running;
  }

  /** Fetch and show until what is shown is what is wanted: while a hand drags, days that it has left again are passed over. */
  async run() {
    while (this.wanted) {
      this.wanted = false;
      const state = ungraded(this.state, this.about) ? { ...this.state, grade: "" } : this.state;
      try {
        const [control, counted] = await Promise.all([api.control(state), state.type ? api.events(state) : null]);
        if (control.version !== this.places.version) return location.reload();
        await this.show(state, control, counted);
      } catch (error) {
        this.note(`The server did not answer: ${error.message}`);
      }
    }
    this.running = null;
  }

  async show(state, control, counted) {
    this.control = { ...control, horizon: this.about.horizon_days };
    this.dots.show(control, counted);
    await this.dots.painted();
    performance.measure("whosays:repaint", "whosays:change");
    await nextFrame(); // the words in frames of their own
    this.say(state);
    legend.holders($("legend"), control, this.about, state.holder, (holder) => this.change({ holder }));
    this.holders();
    await nextFrame();
    this.listed();
    if (this.place !== null) this.panel.show(this.place, this.places, this.control, state);
    performance.mark("whosays:shown");
  }

  say(state) {
    const known = knownOn(state);
    const then = known === null ? "as known now" : known === state.on ? "as known that day" : `as known on ${long(known)}`;
    $("sentence").replaceChildren("Who holds what on ", strong(long(state.on)), ", according to ", strong(this.control.voice), `, ${then}`);
    this.note("");
  }

  holders() {
    const box = $("holder");
    const chosen = this.state.holder;
    if (chosen) return; // then only he is there
    const names = [...new Set(this.control.holders.map((one) => one.name))].slice(0, 200);
    box.replaceChildren(new Option("anybody", ""), ...names.map((name) => new Option(name, name)));
  }

  async count() {
    this.slider.counts(await api.days({ type: this.state.type === "any" ? "" : this.state.type }));
  }

  note(words) {
    $("note").textContent = words;
    $("note").hidden = !words;
  }

  address() {
    clearTimeout(this.timer); // browsers refuse more than a hundred a half minute
    this.timer = setTimeout(() => history.replaceState(null, "", write(this.state)), 150);
  }

  // ---------------------------------------------------------------------------------------------------- the places

  listed() {
    const found = this.map ? this.dots.inView(LISTED) : everywhere(this.dots, 200);
    list(this.places, this.control, found, this.place, (n) => this.choose(n, true));
  }

  /** Open a place, or none. `fly`: bring it into view, since it was not clicked on the map. */
  choose(n, fly = false) {
    this.place = n;
    this.dots.chosen = n ?? -1;
    this.dots.repaint();
    this.state.place = n === null ? "" : this.places.key[n];
    this.address();
    this.panel.show(n, this.places, this.control, this.state);
    this.listed();
    if (n !== null && fly) this.bring(n);
  }

  /** Bring a place into sight, if it is not. */
  bring(n) {
    const at = [this.places.lon[n], this.places.lat[n]];
    if (this.map && !this.clear(at)) this.map.easeTo({ center: at, duration: CALM.matches ? 0 : 500 });
  }

  /** Is a place in sight, and not under the panel? */
  clear(at) {
    const { x, y } = this.map.project(at);
    const box = this.map.getContainer().getBoundingClientRect();
    const panel = $("place").getBoundingClientRect();
    const covered = panel.width && x + box.left > panel.left && y + box.top > panel.top && y + box.top < panel.bottom;
    return x > 20 && y > 20 && x < box.width - 20 && y < box.height - 20 && !covered;
  }

  // ------------------------------------------------------------------------------------------------------- the map

  draw(gl, shapes) {
    gl.setWorkerUrl("/vendor/maplibre-gl-worker.mjs");
    const tiles = $("atlas").dataset.tiles;
    this.map = new gl.Map({
      container: "map",
      style: this.style(shapes, tiles),
      ...(this.state.at ? { center: this.state.at.slice(0, 2), zoom: this.state.at[2] } : { bounds: theatre(this.places), fitBoundsOptions: { padding: { top: 40, left: 40, right: 40, bottom: 70 }, maxZoom: 7 } }),
      minZoom: 1,
      maxZoom: 12,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
      fadeDuration: 0, // frames for fading are frames of the whole base map
      pixelRatio: ratio(),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
    this.map.addControl(new gl.ScaleControl({ maxWidth: 90 }), "top-left");
    const credit = tiles ? "Own tiles" : "Natural Earth: borders as held, not as in law · places: GeoNames";
    this.map.addControl(new gl.AttributionControl({ compact: false, customAttribution: credit }), "bottom-right");
    this.map.on("moveend", () => this.moved());
    this.map.on("click", (event) => this.clicked(event.point));
    this.map.on("mousemove", (event) => this.hover(event.point));
    this.map.on("mouseout", () => this.hover(null));
    $("atlas").classList.toggle("atlas-dark", dark());
    turned(() => this.turn(shapes, tiles));
    this.labels = new Labels(this.places, this.dots, new Set(shapes.countries.map(([name]) => name)));
    this.dots.mount(this.map);
    this.labels.mount(this.map);
    $("wait").hidden = false;
    this.map.once("load", () => {
      $("wait").hidden = true;
      this.drawn = true;
      this.turn(shapes, tiles);
      $("atlas").dataset.drawn = "yes";
      if (this.place !== null && !this.state.at) this.bring(this.place);
    });
  }

  style(shapes, tiles) {
    const ink = inks($("atlas"));
    return {
      version: 8,
      sources: {
        ...sources(shapes),
        ...(tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256 } } : {}),
      },
      layers: layers(this.first(ink), tiles),
    };
  }

  /** Until the shapes are there all is land: a sea over Damascus would be wrong, if only for a second. */
  first(ink) {
    return this.drawn ? ink : { ...ink, sea: ink.land };
  }

  /** Day became night, or night day. */
  turn(shapes, tiles) {
    const ink = inks($("atlas"));
    this.dots.ink = ink;
    this.dots.repaint();
    this.labels.overlay.repaint();
    $("atlas").classList.toggle("atlas-dark", dark());
    if (!this.map.isStyleLoaded() && !this.drawn) return; // it comes in the right colours when all is there
    for (const layer of layers(this.first(ink), tiles)) {
      for (const [key, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, key, value);
    }
  }

  moved() {
    const { lng, lat } = this.map.getCenter();
    this.state.at = [lng, lat, this.map.getZoom()];
    this.address();
    if (this.control) this.listed();
  }

  clicked(point) {
    const n = this.dots.nearest(point, matchMedia("(pointer: coarse)").matches ? 16 : 6);
    this.choose(n < 0 ? null : n);
  }

  hover(point) {
    const n = point === null ? -1 : this.dots.nearest(point, 3);
    if (n === this.dots.hovered) return;
    this.dots.hovered = n;
    this.dots.repaint();
    const canvas = this.map.getCanvas();
    canvas.style.cursor = n < 0 ? "" : "pointer";
    canvas.title = n < 0 ? "" : this.places.name[n];
  }
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(() => done()));

function strong(words) {
  const made = document.createElement("strong");
  made.textContent = words;
  return made;
}

function everywhere(dots, most) {
  const held = [];
  for (let n = 0; n < dots.count; n++) if (dots.states[4 * n] !== 255) held.push(n);
  return [held.slice(0, most), held.length];
}

/** Where most is said: the box of the middle 94 % of claims. */
function theatre(places) {
  const all = places.claims.reduce((sum, n) => sum + n, 0);
  const edges = (values) => {
    const order = values.map((_, n) => n).sort((a, b) => values[a] - values[b]);
    let passed = 0;
    let [low, high] = [values[order[0]], values[order.at(-1)]];
    for (const n of order) {
      if (passed < 0.03 * all) low = values[n];
      passed += places.claims[n];
      if (passed < 0.97 * all) high = values[n];
    }
    return [low, Math.max(low, high)];
  };
  if (!places.key.length) return [[-20, -35], [60, 60]];
  const [[west, east], [south, north]] = [edges(places.lon), edges(places.lat)];
  return [[west - 0.6, south - 0.4], [east + 0.6, north + 0.4]];
}

async function start() {
  const [about, places] = await Promise.all([api.about(), api.places()]);
  if (!about.last) {
    $("note").textContent = "Nothing is on the map yet: the ledger holds no dated claims about places. Read some pages with `whosays ingest FOLDER`, then `whosays weigh`; or try `make demo`.";
    $("note").hidden = false;
    $("atlas").classList.add("atlas-empty");
    return;
  }
  const atlas = new Atlas(about, places);
  atlas.place = atlas.numbers.get(atlas.state.place) ?? null;
  atlas.dots.chosen = atlas.place ?? -1;
  const first = atlas.run.bind(atlas);
  let words = "";
  if ($("atlas").dataset.vendored !== "yes") {
    words = "The map’s shapes are not installed here: run `make setup`. The list says what the map would show.";
  } else {
    try {
      const [gl, shapes] = await Promise.all([import("/vendor/maplibre-gl.mjs"), fetch("/vendor/shapes.json").then((one) => one.json())]);
      atlas.draw(gl, shapes);
    } catch (error) {
      atlas.map = null;
      words = `This browser cannot draw the map (WebGL 2 is needed: ${error.message}). The list says what it would show.`;
    }
  }
  if (!atlas.map) $("atlas").classList.add("atlas-listed");
  atlas.wanted = true;
  performance.mark("whosays:change");
  await first();
  if (words) atlas.note(words);
  await atlas.count();
}

start().catch((error) => {
  $("note").textContent = `The map could not be loaded: ${error.message}. Load the page again.`;
  $("note").hidden = false;
});
