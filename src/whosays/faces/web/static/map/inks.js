// The colours of the style sheets, read where the map stands, so that a dark page has a dark map. `light-dark(a, b)` is told apart here:
// what a browser gives for a variable is its text.

const SYSTEM = matchMedia("(prefers-color-scheme: dark)");
const NAMES = ["land", "sea", "shore", "river", "border", "country", "label", "halo", "ink", "paper", "unknown", "pale"];

export function dark() {
  const schemes = getComputedStyle(document.documentElement).colorScheme;
  return schemes.includes("dark") && (SYSTEM.matches || !schemes.includes("light"));
}

/** A variable of the style sheets as a colour. */
export function colour(element, name) {
  const told = getComputedStyle(element).getPropertyValue(name).trim();
  const [, light, night] = /^light-dark\(\s*([^,]+),\s*([^)]+)\)$/.exec(told) ?? [null, told, told];
  return (dark() ? night : light).trim();
}

export function inks(element) {
  const found = Object.fromEntries(NAMES.map((name) => [name, colour(element, `--map-${name}`)]));
  found.sides = Array.from({ length: 9 }, (_, n) => colour(element, `--side-${n}`));
  return found;
}

/** Call when day turns to night: by the system's choice, or the reader's (theme.js). */
export function turned(then) {
  SYSTEM.addEventListener("change", then);
  new MutationObserver(then).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
