// Enter goes down the column, then to the button; a box that is drawn anew while someone types in it keeps the
// focus.
if (!window.goldenThreadEnter) {
  window.goldenThreadEnter = true;
  document.addEventListener("keydown", function (event) {
    const grid = event.key === "Enter" && event.target.closest ? event.target.closest(".st-key-grid") : null;
    if (!grid || event.target.tagName !== "INPUT") return;
    const stops = Array.from(grid.querySelectorAll("[class*=st-key-boxes-] input, .st-key-propose-all button"));
    const next = stops[stops.indexOf(event.target) + 1];
    if (next) setTimeout(function () { next.focus(); if (next.select) next.select(); }, 0);
  });
  let here = null;
  document.addEventListener("pointerdown", function () { here = null; });
  document.addEventListener("focusin", function (event) {
    const box = event.target.closest("[class*=st-key-boxes-]") && event.target.closest("[class*=st-key-]");
    here = box ? Array.from(box.classList).find(function (name) { return name.startsWith("st-key-"); }) : null;
  });
  new MutationObserver(function () {
    if (!here || document.activeElement !== document.body) return;
    const box = document.querySelector("." + CSS.escape(here) + " input");
    if (box) box.focus();
  }).observe(document.body, {childList: true, subtree: true});
}
