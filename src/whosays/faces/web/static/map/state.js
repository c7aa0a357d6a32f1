// What is shown, as the address has it: every state of the map has a link.
//
// on: day asked about · known: "day" (what was known that day), "now" (all that is known), or a day · by: lane · holder, grade: only these
// types: claims of this type are counted · window: over so many days · step · at: [lon, lat, zoom] · place: key of the place that is open

import { STEPS, iso, parse } from "./dates.js";

export function read(search, about) {
  const asked = new URLSearchParams(search);
  const last = parse(about.last) ?? 0;
  const known = asked.get("known") ?? asked.get("as_known_on"); // as pages and the API call them
  return {
    on: parse(asked.get("on") ?? asked.get("as_of")) ?? last,
    known: known === "now" ? "now" : (parse(known) ?? "day"),
    by: asked.get("by") ?? "weighed",
    holder: asked.get("holder") ?? "",
    grade: asked.get("grade") ?? "",
    type: asked.get("type") ?? "",
    window: Math.max(1, Math.min(3660, Number(asked.get("window")) || 30)),
    step: STEPS.includes(asked.get("step")) ? asked.get("step") : "week",
    at: where(asked.get("at")),
    place: asked.get("place") ?? "",
  };
}

function where(words) {
  const at = (words ?? "").split(",").map(Number);
  return at.length === 3 && at.every(Number.isFinite) && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 85 ? at : null;
}

/** The address of a state; what is as by default is left out. */
export function write(state) {
  const told = new URLSearchParams();
  told.set("on", iso(state.on));
  if (state.known !== "day") told.set("known", state.known === "now" ? "now" : iso(state.known));
  if (state.by !== "weighed") told.set("by", state.by);
  for (const key of ["holder", "grade", "type", "place"]) if (state[key]) told.set(key, state[key]);
  if (state.type && state.window !== 30) told.set("window", state.window);
  if (state.step !== "week") told.set("step", state.step);
  if (state.at) told.set("at", [state.at[0].toFixed(3), state.at[1].toFixed(3), state.at[2].toFixed(2)].join(","));
  return `?${told.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

/** The day by which everything shown was published; null: all that is known. */
export const knownOn = (state) => (state.known === "day" ? state.on : state.known === "now" ? null : state.known);

/** Why no grade can be asked for now, in words; "" where one can: what was known in the past is kept without its grade. */
export function ungraded(state, about) {
  if (state.by !== "weighed") return "One voice alone is not graded: choose “all voices, weighed”.";
  const known = knownOn(state);
  if (known !== null && known < (parse(about.last) ?? 0)) return "Grades are kept only for what is known now: choose “all we have now” below.";
  return "";
}
