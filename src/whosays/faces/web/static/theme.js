// Light or dark: the reader's choice over the system's. Runs before the page is drawn, so that it does not flash.
(() => {
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage is closed: the system's choice stands */ }
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
})();
