// Keys of the queue of disputes. The forms work without it.
import { listen, press, say } from "./keys.js";

const queue = [...document.querySelectorAll("[data-dispute]")];

if (queue.length) {
  const current = () => Math.max(0, queue.findIndex((one) => one.contains(document.activeElement)));
  const asked = queue.findIndex((one) => `#${one.id}` === decodeURIComponent(location.hash));
  let at = asked;

  const go = (number) => {
    at = Math.min(Math.max(number, 0), queue.length - 1);
    queue[at].focus({ preventScroll: true });
    queue[at].scrollIntoView({ block: "start", behavior: "instant" });
    history.replaceState(null, "", `#${queue[at].id}`);
    say(`Dispute ${at + 1} of ${queue.length}`);
  };
  const here = () => (at < 0 ? 0 : queue.some((one) => one.contains(document.activeElement)) ? current() : at);
  const judge = (key) => () => press(queue[here()], key);

  listen({
    j: () => go(at < 0 ? 0 : here() + 1),
    k: () => go(here() - 1),
    s: judge("s"), d: judge("d"), u: judge("u"), c: judge("c"), z: judge("z"),
    "?": () => document.getElementById("keys")?.showModal(),
  });
  if (asked >= 0) go(asked);
}
