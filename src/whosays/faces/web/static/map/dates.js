// Days as whole numbers: days since 1970-01-01, so that a slider can count them. Nothing here knows of time zones.

const DAY = 86_400_000;
const LONG = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

export const STEPS = ["day", "week", "month"];

/** `2017-11-08` → number; null for what is no day. */
export function parse(iso) {
  if (!/^\d{4}-\d\d-\d\d$/.test(iso ?? "")) return null;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(at) ? null : at / DAY;
}

export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const long = (day) => LONG.format(day * DAY);
export const short = (day) => SHORT.format(day * DAY);

/** The day so many steps away; a month's 31st becomes the next month's last. */
export function step(day, unit, n) {
  if (unit !== "month") return day + n * (unit === "week" ? 7 : 1);
  const at = new Date(day * DAY);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n + 1, 0)).getUTCDate();
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n, Math.min(at.getUTCDate(), last)) / DAY;
}

/** Firsts of months or years within first..last, [day, words], at most `most` of them. */
export function ticks(first, last, most) {
  const months = [1, 3, 6, 12, 24, 60, 120].find((n) => (last - first) / 30.4 / n <= most) ?? 240;
  const start = new Date(first * DAY);
  const found = [];
  for (let n = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / months) * months; ; n += months) {
    const day = Date.UTC(Math.floor(n / 12), n % 12, 1) / DAY;
    if (day > last) return found;
    const words = n % 12 === 0 ? String(n / 12) : SHORT.format(day * DAY).split(" ")[1];
    if (day >= first) found.push([day, words, n % 12 === 0]);
  }
}
