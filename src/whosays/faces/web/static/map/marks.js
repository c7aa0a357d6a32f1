// What dots look like, small and still, for the legend and the lists: the same marks as dots.js draws, as SVG.

import { BESIEGED, CONTESTED, LAST_KNOWN, PARTS, UNKNOWN, UNNAMED } from "./dots.js";

const SVG = "http://www.w3.org/2000/svg";

/** Words for flags, in the order in which they matter. */
export const WORDS = [
  [CONTESTED, "contested"],
  [BESIEGED, "besieged"],
  [PARTS, "parts taken by others"],
  [LAST_KNOWN, "last known only"],
];

const WIDE = 0;
export const LEGEND = [
  [CONTESTED, "hatched: contested. Somebody’s claim speaks against it"],
  [LAST_KNOWN, "faint with a ring: only last known. Nobody has said so for {horizon} days"],
  [BESIEGED, "dashed ring: besieged"],
  [PARTS, "dark quarter: parts are taken by others"],
  [UNNAMED, "struck through: it is only said who does not hold it"],
  [-1, "small dot: claims speak of it, none says who holds it on this day"],
  [WIDE, "open square: a country or region. What is said of all of it is not said of each town in it"],
];

function element(name, attributes, into) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  into.append(made);
  return made;
}

/** A country or region: open, so that nobody takes it for a town that is held. */
function square(svg, paint, flags) {
  element("rect", { x: -6, y: -6, width: 12, height: 12, class: flags & UNNAMED ? "mark-hollow" : `side-${paint} mark-open` }, svg);
  if (flags & UNNAMED) element("path", { d: "M-6,6 L6,-6", class: "mark-hollow" }, svg);
  else if (flags & CONTESTED) element("path", { d: "M-6,0 L0,6 M-6,-6 L6,6 M0,-6 L6,0", class: `side-${paint}` }, svg);
}

/** `colour`: number of a side's colour, UNKNOWN, or null. `flags`: -1 for a place of which nothing is said. */
export function mark(colour, flags, { size = 18, wide = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "-11 -11 22 22", width: size, height: size, "aria-hidden": "true", class: "mark" })) svg.setAttribute(key, value);
  const paint = colour === null || colour === UNKNOWN ? "unknown" : String(Math.min(colour, 8));
  if (flags < 0) {
    element("circle", { r: 2.2, class: "mark-pale" }, svg);
  } else if (wide) {
    square(svg, paint, flags);
  } else if (flags & UNNAMED) {
    element("circle", { r: 6, class: "mark-hollow" }, svg);
    element("path", { d: "M-4.5,4.5 L4.5,-4.5", class: "mark-hollow" }, svg);
  } else {
    element("circle", { r: 7, class: `side-${paint} ${flags & LAST_KNOWN ? "mark-faint" : ""}` }, svg);
    if (flags & CONTESTED) {
      for (const shift of [-5, 0, 5]) {
        const reach = Math.sqrt(Math.max(0, 32 - (shift * shift) / 2)) / 1.4142;
        element("path", { d: `M${shift / 2 - reach},${-shift / 2 - reach} L${shift / 2 + reach},${-shift / 2 + reach}`, class: "mark-stripe" }, svg);
      }
    }
  }
  if (flags > 0 && flags & PARTS) element("path", { d: "M0,0 V-7 A7,7 0 0 1 7,0 Z", class: "mark-ink" }, svg);
  if (flags > 0 && flags & BESIEGED) element("circle", { r: 10, class: "mark-siege" }, svg);
  return svg;
}
