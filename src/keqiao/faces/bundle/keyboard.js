// One-letter keys, never while someone types.
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");

const open = (selector) => {
  const element = document.querySelector(selector);
  if (!element) return;
  if (element.matches("details")) {
    element.open = true;
    element.querySelector("input:not([type=hidden]), select")?.focus();
  } else element.focus();
};

function step(by) {
  const links = [...document.querySelectorAll(".kq-table tbody tr td:first-child a")];
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
}

const keys = {
  "/": () => open("[data-search-box]"),
  "?": () => document.getElementById("help").showModal(),
  n: () => open("[data-main], .kq-actions .btn-primary"),
  f: () => open("#filters"),
  j: () => step(1),
  k: () => step(-1),
};

export function startKeyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
