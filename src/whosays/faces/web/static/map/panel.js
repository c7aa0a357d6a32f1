// A place that was chosen: what is said of it in a line, and its lanes with the words behind them, which the server renders.

import { panel } from "./api.js";
import { long } from "./dates.js";
import { LAST_KNOWN, UNNAMED } from "./dots.js";
import { WORDS, mark } from "./marks.js";

const $ = (id) => document.getElementById(id);

/** What a row of MapControl says, in words: `Syrian army since 3 May 2016, contested; corroborated`. */
export function told(control, row, on) {
  const flags = control.flags[row];
  const holder = control.holders[control.holder[row]].name;
  const since = control.days[row] < 0 ? "" : ` since ${long(on - control.days[row])}`;
  const last = control.days[row] < 0 ? "" : ` on ${long(on - control.days[row] - control.horizon - 1)}`;
  const more = WORDS.filter(([flag]) => flags & flag).map(([, words]) => words);
  const grade = control.grades[control.grade[row]];
  if (grade && grade !== "contested") more.push(grade);
  return { who: holder, named: !(flags & UNNAMED), stale: (flags & LAST_KNOWN) !== 0, since, last, more };
}

export class Panel {
  constructor(closed) {
    $("place-close").addEventListener("click", closed);
    $("place").addEventListener("keydown", (event) => event.key === "Escape" && closed());
  }

  /** Show place number `n`; null closes. */
  async show(n, places, control, state) {
    this.asked?.abort();
    $("place").hidden = n === null;
    if (n === null) return;
    const key = places.key[n];
    const fresh = this.key !== key;
    this.key = key;
    $("place-title").textContent = places.name[n];
    $("place-link").href = `/place/${encodeURIComponent(key)}`;
    this.say(n, places, control, state);
    if (fresh) {
      $("place-lanes").replaceChildren();
      $("place").focus({ preventScroll: true });
    }
    this.asked = new AbortController();
    try {
      const html = await panel(key, state, this.asked.signal);
      $("place-link").hidden = html !== null; // the lanes end with a link of their own
      if (html !== null) $("place-lanes").replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") $("place-lanes").textContent = "Its lanes could not be fetched. The link below leads to them.";
    }
  }

  say(n, places, control, state) {
    const line = $("place-says");
    const row = control.place.indexOf(n);
    if (row < 0) {
      line.replaceChildren(mark(null, -1), `Nobody says who holds it on ${long(state.on)}, according to ${control.voice}.`);
      return;
    }
    const { who, named, stale, since, last, more } = told(control, row, state.on);
    const beside = more.filter((one) => !stale || one !== "last known only");
    const says = named ? `held by ${who}` : who;
    const words = stale ? `When anybody last said,${last}: ${says}` : `${says[0].toUpperCase()}${says.slice(1)}${since}`;
    line.replaceChildren(
      mark(control.holders[control.holder[row]].colour, control.flags[row], { size: 22, wide: places.wide.includes(n) }),
      `${words}${beside.length ? `; ${beside.join(", ")}` : ""}. According to ${control.voice}.`,
    );
  }
}

/** The list beside the map: the places in view, those with most claims first. `choose(n)` when one is chosen. */
export function list(places, control, [found, all], chosen, choose) {
  const rows = new Map(control.place.map((place, row) => [place, row]));
  $("list").replaceChildren(...found.map((n) => entry(places, control, n, rows.get(n), chosen, choose)));
  const more = all - found.length;
  $("list-more").textContent = more > 0 ? `and ${more.toLocaleString("en")} more: come closer to see them` : all ? "" : "None that anybody is said to hold.";
}

function entry(places, control, n, row, chosen, choose) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-pressed", String(n === chosen));
  button.addEventListener("click", () => choose(n));
  const name = document.createElement("span");
  name.className = "list-name";
  name.dir = "auto";
  name.textContent = places.name[n];
  const says = document.createElement("span");
  says.className = "list-says";
  const { who, more } = told(control, row, 0);
  says.textContent = [...(places.wide.includes(n) ? ["country or region"] : []), who, ...more].join(" · ");
  button.append(mark(control.holders[control.holder[row]].colour, control.flags[row], { wide: places.wide.includes(n) }), name, says);
  item.append(button);
  return item;
}
