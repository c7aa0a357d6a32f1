// The article page: a claim that is looked at lights up with its words, its source and its cue; `#t=10,20` lights up a range of the text.
import { listen, press, say } from "./keys.js";

const body = document.getElementById("body");
const list = [...document.querySelectorAll(".numbered > li")];
const names = (element, key) => (element.dataset[key] ?? "").split(" ");
const with_ = (key, number) => [...body.querySelectorAll(`[data-${key}]`)].filter((one) => names(one, key).includes(number));

function light(number) {
  for (const one of document.querySelectorAll(".lit, .lit-source, .lit-cue")) one.classList.remove("lit", "lit-source", "lit-cue");
  if (!number) return;
  for (const one of with_("c", number)) one.classList.add("lit");
  for (const one of with_("s", number)) one.classList.add("lit-source");
  for (const one of with_("q", number)) one.classList.add("lit-cue");
  list.find((one) => one.dataset.claim === number)?.classList.add("lit");
}

function show(element) {
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "center", behavior: quiet ? "instant" : "smooth" });
}

let at = -1; // which claim one is at; between two where one was rejected
let rejected = null;
function go(number) {
  if (!list.length) return;
  at = Math.min(Math.max(number, 0), list.length - 1);
  const claim = list[at].dataset.claim;
  list[at].focus({ preventScroll: true });
  light(claim);
  show(list[at]);
  show(with_("c", claim)[0]);
  say(`Claim ${claim} of ${list.length}`);
}

/** The text node and the offset in UTF-16 of a code point of the article. */
function place(offset) {
  for (const part of body.querySelectorAll("[data-start]")) {
    let left = offset - Number(part.dataset.start);
    if (left < 0) continue;
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const points = [...node.data];
      if (left <= points.length) return [node, points.slice(0, left).join("").length];
      left -= points.length;
    }
  }
  return null;
}

function follow() {
  const hash = decodeURIComponent(location.hash.slice(1));
  const range = /^t=(\d+),(\d+)$/.exec(hash);
  if (range && globalThis.Highlight) {
    const [from, to] = [place(Number(range[1])), place(Number(range[2]))];
    if (!from || !to) return;
    const words = new Range();
    words.setStart(...from);
    words.setEnd(...to);
    CSS.highlights.set("range", new Highlight(words));
    show(from[0].parentElement);
    return;
  }
  const id = /^(?:claim|c)-(.+)$/.exec(hash)?.[1];
  const item = id && document.getElementById(`c-${id}`)?.closest("li");
  if (item?.dataset.claim) {
    light(item.dataset.claim);
    at = list.indexOf(item);
  } else if (item?.dataset.after) {
    rejected = item;
    at = Number(item.dataset.after) - 0.5;
  }
}

if (body) {
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest?.(".numbered > li");
    const reference = event.target.closest?.("a.ref");
    if (item) light(item.dataset.claim);
    if (reference) light(reference.dataset.n);
  });
  for (const item of list) item.addEventListener("mouseenter", () => light(item.dataset.claim));
  body.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark[data-c]");
    if (mark) light(names(mark, "c")[0]);
  });
  const judge = (key) => () => press(list[at] ?? rejected, key);
  listen({
    j: () => go(Math.floor(at + 1)), k: () => go(Math.ceil(at - 1)),
    a: judge("a"), r: judge("r"), e: judge("e"), z: judge("z"),
  });
  addEventListener("hashchange", follow);
  follow();
}
