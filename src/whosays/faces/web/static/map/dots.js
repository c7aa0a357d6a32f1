// The places: where they are, and what is shown of each. Knows nothing of how it is drawn; that is paint.js.
//
// new Dots(places, ink)
// .mount(map)                 from now on they are drawn over it
// .show(control, counted)     a new day
// .nearest(point)             which place lies under a finger
//
// MapLibre's own circles could be coloured by feature-state; they cost script for each feature of each tile that changed, cannot be
// hatched, and the whole base map is drawn again with each of them.

import { mercator } from "./overlay.js";
import { Painter } from "./paint.js";

export const CONTESTED = 1, LAST_KNOWN = 2, BESIEGED = 4, PARTS = 8, UNNAMED = 16;
export const NOBODY = 255, UNKNOWN = 254; // in place of a colour's number: nothing is said; a side that is not known

export class Dots {
  constructor(places, ink) {
    this.count = places.key.length;
    this.at = new Float64Array(this.count * 2);
    const most = Math.log1p(places.claims[0] ?? 1) || 1;
    this.weight = new Uint8Array(this.count);
    for (let n = 0; n < this.count; n++) {
      [this.at[2 * n], this.at[2 * n + 1]] = mercator(places.lon[n], places.lat[n]);
      this.weight[n] = Math.round((255 * Math.log1p(places.claims[n])) / most);
    }
    this.origin = this.count ? [this.at[0], this.at[1]] : [0.5, 0.5]; // near it, 32 bits tell a metre from the next
    this.states = new Uint8Array(this.count * 4); // colour, flags, number of claims, 1 where it is no point but a country or region
    for (let n = 0; n < this.count; n++) this.states[4 * n] = NOBODY;
    for (const n of places.wide) this.states[4 * n + 3] = 1;
    this.chosen = this.hovered = -1;
    this.ink = ink;
  }

  mount(map) {
    this.map = map;
    this.painter = new Painter(this, map);
  }

  /** Is it a country, province or region? Then what is said of it is not said of a town. */
  wide(n) {
    return this.states[4 * n + 3] === 1;
  }

  silent(n) {
    return this.states[4 * n] === NOBODY;
  }

  /** Pixels of an ordinary dot at a zoom; larger where there are few. */
  radius(zoom) {
    const few = this.count < 300 ? 1.5 : this.count < 3000 ? 1.2 : this.count < 10000 ? 1 : 0.85;
    return Math.max(1.7, Math.min(8.5, 1.5 + (zoom - 2) * 0.95)) * few;
  }

  /** Colour, flags and number of claims of each place that has any; all others say nothing. */
  show(control, counted) {
    const { states } = this;
    const colours = control.holders.map((one) => one.colour ?? UNKNOWN);
    for (let n = 0; n < this.count; n++) {
      states[4 * n] = NOBODY;
      states[4 * n + 1] = states[4 * n + 2] = 0;
    }
    control.place.forEach((place, n) => {
      states[4 * place] = colours[control.holder[n]];
      states[4 * place + 1] = control.flags[n];
    });
    this.counted = counted !== null;
    counted?.place.forEach((place, n) => (states[4 * place + 2] = Math.min(255, counted.claims[n])));
    this.repaint();
  }

  repaint() {
    this.painter?.repaint();
  }

  painted() {
    return this.painter?.painted();
  }

  /** Number of the place nearest to a point of the screen, at most `reach` pixels from its edge; -1: none. What is held goes first. */
  nearest(point, reach = 6) {
    const [x, y] = mercator(...this.map.unproject(point).toArray());
    const zoom = this.map.getZoom();
    const pixel = 1 / (512 * 2 ** zoom);
    let [best, found] = [this.radius(zoom) * 1.3 + reach, -1];
    for (let n = 0; n < this.count; n++) {
      const away = Math.hypot(this.at[2 * n] - x, this.at[2 * n + 1] - y) / pixel + (this.silent(n) ? (this.wide(n) ? Infinity : 3) : 0);
      if (away < best) [best, found] = [away, n];
    }
    return found;
  }

  /** Numbers of the places within the view, those with most claims first. */
  inView(most) {
    const bounds = this.map.getBounds();
    const [west, north] = mercator(...bounds.getNorthWest().toArray());
    const [east, south] = mercator(...bounds.getSouthEast().toArray());
    const found = [];
    let all = 0;
    for (let n = 0; n < this.count; n++) {
      const [x, y] = [this.at[2 * n], this.at[2 * n + 1]];
      if (x < west || x > east || y < north || y > south || this.silent(n)) continue;
      all++;
      if (found.length < most) found.push(n);
    }
    return [found, all];
  }
}
