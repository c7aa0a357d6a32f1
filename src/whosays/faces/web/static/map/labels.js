// Names of places, written over the dots with the machine's own fonts, so that no dot covers a letter and every script is shaped as it
// should be. Which names have room is found out when the map has come to rest, and now and then while it moves; a new day changes none.

import { Overlay } from "./overlay.js";

const FONT = "system-ui, sans-serif";
const RANKS = [[4, 12], [5, 40], [6, 120], [7, 500], [8, 1500], [Infinity, 5000]]; // below this zoom only so many places may have a name
const MOST = 140;
const SPARED = 500; // so many dots are kept free of names, those with most claims first
const PAUSE = 200; // milliseconds between two looks for room while the map moves
const ROOM = 3;

export class Labels {
  /** `said`: names that the base map has already. */
  constructor(places, dots, said) {
    this.places = places;
    this.dots = dots;
    this.said = said;
    this.placed = [];
    this.widths = new Map();
  }

  mount(map) {
    this.overlay = new Overlay(map, "atlas-labels", (view) => this.paint(view));
    this.ink = this.overlay.canvas.getContext("2d");
    map.on("moveend", () => this.again());
    map.on("resize", () => this.again());
  }

  again() {
    this.looked = 0;
    this.overlay.repaint();
  }

  paint(view) {
    const { ink, dots } = this;
    const size = view.zoom < 5 ? 11.5 : view.zoom < 7 ? 12.5 : 13.5;
    const now = performance.now();
    ink.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    if (now - (this.looked || 0) > PAUSE) {
      this.looked = now;
      this.placed = this.place(view, size);
    }
    ink.clearRect(0, 0, view.width, view.height);
    ink.textBaseline = "middle";
    ink.lineJoin = "round";
    ink.lineWidth = 3.2;
    ink.strokeStyle = dots.ink.halo;
    ink.fillStyle = dots.ink.label;
    for (const { n, dx, dy } of this.placed) {
      const [x, y] = [dots.at[2 * n] * view.scale + view.x + dx, dots.at[2 * n + 1] * view.scale + view.y + dy];
      ink.font = this.font(n, size);
      ink.strokeText(this.places.name[n], x, y);
      ink.fillText(this.places.name[n], x, y);
    }
  }

  font(n, size) {
    return `${this.dots.wide(n) ? "italic " : ""}500 ${size}px ${FONT}`;
  }

  width(n, size) {
    if (!this.widths.has(n)) {
      this.ink.font = this.font(n, 100);
      this.widths.set(n, this.ink.measureText(this.places.name[n]).width / 100);
    }
    return this.widths.get(n) * size;
  }

  /** Names of places, those with most claims first, each where none before it is: right, left, above or below its dot, and over no
      other dot if there is such a side. */
  place(view, size) {
    const { dots } = this;
    const most = Math.min(dots.count, RANKS.find(([zoom]) => view.zoom < zoom)[1]);
    const seen = this.seen(view, Math.min(dots.count, Math.max(most, SPARED)));
    const found = [];
    const boxes = [];
    for (const [n, x, y] of seen) {
      if (n >= most || found.length >= MOST) break;
      if (this.wordless(n)) continue;
      const away = dots.radius(view.zoom) * 1.2 + 4;
      const [wide, tall] = [this.width(n, size), size * 1.1];
      const free = [[away, 0], [-away - wide, 0], [-wide / 2, -away - tall / 2], [-wide / 2, away + tall / 2]]
        .map(([dx, dy]) => ({ n, dx, dy, box: [x + dx - ROOM, y + dy - tall / 2 - ROOM, x + dx + wide + ROOM, y + dy + tall / 2 + ROOM] }))
        .filter(({ box }) => !boxes.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
      const hides = ({ box }) => seen.some(([m, dotX, dotY]) => m !== n && box[0] < dotX && dotX < box[2] && box[1] < dotY && dotY < box[3]);
      const chosen = free.find((one) => !hides(one)) ?? free[0];
      if (!chosen) continue;
      boxes.push(chosen.box);
      found.push(chosen);
    }
    return found;
  }

  /** The first places that are in view, each with where its dot is. */
  seen(view, most) {
    const found = [];
    for (let n = 0; n < most; n++) {
      const [x, y] = [this.dots.at[2 * n] * view.scale + view.x, this.dots.at[2 * n + 1] * view.scale + view.y];
      if (x >= 0 && y >= 0 && x <= view.width && y <= view.height) found.push([n, x, y]);
    }
    return found;
  }

  wordless(n) {
    return this.dots.wide(n) && (this.dots.silent(n) || this.said.has(this.places.name[n]));
  }
}
