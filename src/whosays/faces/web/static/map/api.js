// What the server knows, fetched: one verb a question. The last answers are kept, so that going back and forth costs nothing.

import { iso } from "./dates.js";
import { knownOn } from "./state.js";

const KEPT = 60;
const answers = new Map();

async function ask(path, asked, signal) {
  const told = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== null && value !== ""));
  const address = `/api/v1/map/${path}${told.size ? `?${told}` : ""}`;
  if (answers.has(address)) return answers.get(address);
  const response = await fetch(address, { signal, headers: { accept: "application/json" } });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `${address}: ${response.status}`);
  answers.set(address, answer);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value);
  return answer;
}

export const about = () => ask("about", {});
export const places = () => ask("places", {});
export const days = (state) => ask("days", { type: state.type });

const times = (state) => ({ as_of: iso(state.on), as_known_on: knownOn(state) === null ? null : iso(knownOn(state)) });

export function control(state, signal) {
  return ask("control", { ...times(state), by: state.by, holder: state.holder, grade: state.grade }, signal);
}

export function events(state, signal) {
  return ask("events", { ...times(state), type: state.type === "any" ? "" : state.type, window: state.window }, signal);
}

/** The lanes of a place as a piece of HTML that the server rendered; null where it has none to give. */
export async function panel(key, state, signal) {
  const told = new URLSearchParams({ panel: "1", as_of: iso(state.on) });
  if (knownOn(state) !== null) told.set("as_known_on", iso(knownOn(state)));
  const response = await fetch(`/place/${encodeURIComponent(key)}?${told}`, { signal, headers: { accept: "text/html" } });
  return response.ok ? response.text() : null;
}
