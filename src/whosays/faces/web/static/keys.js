// Keys for pages of judgements: one letter each, never while somebody types, never with Ctrl, Alt or Meta.

/** Call `keys[letter]` when it is pressed outside of fields. */
export function listen(keys) {
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName))) return;
    if (document.querySelector("dialog[open]")) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  for (const hint of document.querySelectorAll(".keys-hint")) hint.hidden = false;
}

/** Press the button or summary inside `within` that has this key; say so where there is none. */
export function press(within, key) {
  const found = within?.querySelector(`[data-key="${key}"]`);
  if (found) found.click();
  else say("Sign in to judge.");
}

/** Tell those who listen to the page rather than look at it. */
export function say(words) {
  const status = document.getElementById("status");
  if (status) status.textContent = words;
}
