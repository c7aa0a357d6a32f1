// Who is said to hold how many places on the day shown, by side; and how a dot is read. Choosing a holder shows only what he holds.

import { UNKNOWN, UNNAMED } from "./dots.js";
import { LEGEND, mark } from "./marks.js";

const MOST = 7; // holders of one side named; the others are counted together

function node(name, words, className) {
  const made = document.createElement(name);
  if (words !== undefined) made.textContent = words;
  if (className) made.className = className;
  return made;
}

const places = (n) => `${n.toLocaleString("en")} ${n === 1 ? "place" : "places"}`;

/** Fill `into`. `choose(name)` is called with the holder chosen, or "" where he was chosen already. */
export function holders(into, control, about, chosen, choose) {
  const names = new Map(about.sides.map((side) => [side.key, side.name]));
  const named = control.holders.filter((_, n) => !unnamed(control, n));
  const groups = new Map();
  for (const one of named) groups.set(one.side, [...(groups.get(one.side) ?? []), one]);
  const sum = (group) => group.reduce((total, one) => total + one.places, 0);
  const sorted = [...groups].sort((a, b) => sum(b[1]) - sum(a[1]));
  const made = sorted.map(([side, group]) => sideBlock(side === null ? "side not known" : (names.get(side) ?? side), group, sum(group), chosen, choose));
  const nobody = control.flags.filter((flags) => flags & UNNAMED).length;
  if (nobody) {
    const line = node("p", undefined, "legend-side");
    line.append(mark(null, UNNAMED), node("span", "nobody named"), node("span", places(nobody), "legend-n"));
    made.push(line);
  }
  if (!made.length) made.push(node("p", "Nobody says who holds anything on this day.", "atlas-quiet"));
  into.replaceChildren(...made);
}

function unnamed(control, holder) {
  const at = control.holder.indexOf(holder);
  return at >= 0 && (control.flags[at] & UNNAMED) !== 0;
}

function sideBlock(name, group, sum, chosen, choose) {
  const block = node("div", undefined, "legend-block");
  const alone = group.length === 1;
  const head = node(alone ? "button" : "p", undefined, "legend-side");
  head.append(mark(group[0].colour ?? UNKNOWN, 0), node("span", alone ? group[0].name : name), node("span", places(sum), "legend-n"));
  block.append(head);
  if (alone) {
    choosing(head, group[0].name, chosen, choose);
    if (name !== group[0].name) head.title = `side: ${name}`;
    return block;
  }
  const list = node("ul");
  for (const one of group.slice(0, MOST)) {
    const item = node("li");
    const button = node("button");
    button.append(node("span", one.name), node("span", one.places.toLocaleString("en"), "legend-n"));
    choosing(button, one.name, chosen, choose);
    item.append(button);
    list.append(item);
  }
  if (group.length > MOST) list.append(node("li", `and ${group.length - MOST} more`, "atlas-quiet"));
  block.append(list);
  return block;
}

function choosing(button, name, chosen, choose) {
  button.type = "button";
  button.setAttribute("aria-pressed", String(chosen === name));
  button.addEventListener("click", () => choose(chosen === name ? "" : name));
}

/** How a dot is read. */
export function marks(into, about) {
  into.replaceChildren(
    ...LEGEND.map(([flags, words]) => {
      const item = node("li");
      item.append(mark(0, flags, { wide: flags === 0 }), node("span", words.replace("{horizon}", about.horizon_days)));
      return item;
    }),
  );
}
