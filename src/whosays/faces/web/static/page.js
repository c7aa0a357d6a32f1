// What every page has: the button that turns it dark. Without this script the system's choice stands.
const root = document.documentElement;
const button = document.getElementById("theme");
const system = matchMedia("(prefers-color-scheme: dark)");

const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

function told() {
  button.textContent = dark() ? "Light" : "Dark";
}

if (button) {
  button.hidden = false;
  told();
  system.addEventListener("change", told);
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* it holds for this page */ }
    told();
  });
}
