// The time slider: as of which day, and as known by which; a histogram of claims behind it; play. Knows nothing of the map.
//
// new Slider({first, last}, changed)     changed({on, known, step}) after every change by a person or by play
// .set({on, known, step})                show this; nothing is called
// .counts(days)                          what the histogram shows

import { STEPS, long, parse, short, step, ticks } from "./dates.js";
import { colour, turned } from "./inks.js";

const THUMB = 18; // pixels, as in map.css: the track ends half a thumb before the edge
const PACE = 420; // milliseconds a step while it plays
const $ = (id) => document.getElementById(id);

export class Slider {
  constructor({ first, last }, changed) {
    this.first = first;
    this.last = last;
    this.changed = changed;
    this.state = { on: last, known: "day", step: "week" };
    this.bins = null;
    for (const input of [$("on"), $("known")]) {
      input.min = first;
      input.max = last;
      input.addEventListener("keydown", (event) => this.key(event, input.id));
    }
    $("on").addEventListener("input", () => this.change({ on: Number($("on").value) }));
    $("known").addEventListener("input", () => this.change({ known: Number($("known").value) }));
    $("step").addEventListener("change", () => this.change({ step: $("step").value }));
    for (const radio of this.radios()) {
      radio.addEventListener("change", () => this.change({ known: radio.value === "apart" ? this.state.on : radio.value }));
    }
    $("back").addEventListener("click", () => this.go(-1));
    $("forth").addEventListener("click", () => this.go(1));
    $("play").addEventListener("click", () => this.play(!this.playing));
    new ResizeObserver(() => this.draw()).observe($("histogram"));
    turned(() => this.draw());
  }

  radios() {
    return document.querySelectorAll("input[name=known]");
  }

  clamp(day) {
    return Math.max(this.first, Math.min(this.last, day));
  }

  set({ on, known, step }) {
    this.state = { on: this.clamp(on), known: typeof known === "number" ? this.clamp(known) : known, step };
    this.show();
  }

  change(what) {
    this.set({ ...this.state, ...what });
    this.changed(this.state);
  }

  key(event, id) {
    const ways = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
    const big = { PageDown: -1, PageUp: 1 };
    if (!(event.key in ways) && !(event.key in big)) return; // Home and End are the browser's own
    event.preventDefault();
    const [unit, n] = event.key in ways ? [this.state.step, ways[event.key]] : [this.larger(), big[event.key]];
    this.change({ [id]: step(id === "on" ? this.state.on : this.state.known, unit, n) });
  }

  larger() {
    return STEPS[Math.min(STEPS.indexOf(this.state.step) + 1, STEPS.length - 1)];
  }

  go(n) {
    this.change({ on: step(this.state.on, this.state.step, n) });
  }

  /** Step on until the end, or until told to stop; each step waits for the map to have shown the one before (`ready`). */
  play(on) {
    this.playing = on;
    clearTimeout(this.timer);
    $("play").setAttribute("aria-label", on ? "Pause" : "Play");
    $("play").title = on ? "Pause" : "Play";
    $("play").classList.toggle("playing", on);
    if (!on) return;
    if (this.state.on >= this.last) this.change({ on: this.first });
    this.timer = setTimeout(() => this.beat(), PACE);
  }

  async beat() {
    await this.ready;
    if (!this.playing) return;
    this.go(1);
    if (this.state.on >= this.last) this.play(false);
    else this.timer = setTimeout(() => this.beat(), PACE);
  }

  show() {
    const { on, known, step } = this.state;
    const apart = typeof known === "number";
    $("on").value = on;
    $("on").setAttribute("aria-valuetext", long(on));
    $("on-words").textContent = long(on);
    $("step").value = step;
    for (const radio of this.radios()) radio.checked = radio.value === (apart ? "apart" : known);
    $("known-track").hidden = !apart;
    if (apart) {
      $("known").value = known;
      $("known").setAttribute("aria-valuetext", long(known));
    }
    $("known-words").textContent = apart ? short(known) : "another day";
    this.draw();
  }

  counts({ first, claims }) {
    this.bins = first === null ? null : { first: parse(first), claims };
    this.draw();
  }

  x(day, width) {
    return THUMB / 2 + ((day - this.first) / Math.max(1, this.last - this.first)) * (width - THUMB);
  }

  draw() {
    const canvas = $("histogram");
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width) return;
    const ratio = devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const ink = canvas.getContext("2d");
    ink.scale(ratio, ratio);
    const [bar, after, later, rule] = ["--bar", "--bar-after", "--bar-later", "--rule"].map((name) => colour(canvas, name));
    const { on, known } = this.state;
    const limit = known === "now" ? this.last : known === "day" ? on : known;
    for (const [x, share, day] of this.columns(width)) {
      ink.fillStyle = day <= on ? bar : day <= limit ? later : after;
      const tall = Math.max(1, share * (height - 4));
      ink.fillRect(x, height - tall, 2, tall);
    }
    this.rule(ink, rule, this.x(on, width), height, []);
    if (typeof known === "number") this.rule(ink, rule, this.x(known, width), height, [2, 3]);
    this.label(width);
  }

  rule(ink, colour, x, height, dash) {
    ink.strokeStyle = colour;
    ink.setLineDash(dash);
    ink.beginPath();
    ink.moveTo(x, 0);
    ink.lineTo(x, height);
    ink.stroke();
  }

  /** [x, share of the tallest (by its root, so that quiet months are seen), day] for each column of three pixels. */
  columns(width) {
    if (!this.bins) return [];
    const sums = new Float64Array(Math.ceil(width / 3));
    const { first, claims } = this.bins;
    claims.forEach((n, day) => {
      const column = Math.floor(this.x(first + day, width) / 3);
      if (column >= 0 && column < sums.length) sums[column] += n;
    });
    const most = Math.sqrt(Math.max(1, ...sums));
    const day = (column) => this.first + ((column * 3 - THUMB / 2) / (width - THUMB)) * (this.last - this.first);
    return Array.from(sums, (n, column) => [column * 3, Math.sqrt(n) / most, day(column)]).filter((one) => one[1] > 0);
  }

  label(width) {
    if (width === this.labelled) return; // the days along the track are the same whatever day is shown
    this.labelled = width;
    const words = ticks(this.first, this.last, Math.max(2, width / 62)).map(([day, text, year]) => {
      const tick = document.createElement("span");
      tick.textContent = text;
      tick.className = year ? "tick-year" : "";
      tick.style.left = `${Math.max(15, Math.min(width - 15, this.x(day, width)))}px`;
      return tick;
    });
    $("ticks").replaceChildren(...words);
  }
}

