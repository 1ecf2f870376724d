// Navigation on a phone, menus that close by themselves, rows that can be clicked.
const inside = (event, selector) => event.target.closest?.(selector);

function showNavigation(open) {
  const nav = document.getElementById("nav");
  const opener = document.querySelector("[data-nav-open]");
  nav.classList.toggle("kq-open", open);
  opener.setAttribute("aria-expanded", String(open));
  (open ? nav.querySelector("a") : opener).focus();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

function followRow(event) {
  const row = inside(event, "tr[data-href]");
  if (!row || inside(event, "a, button, input, label, select") || String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href);
  else window.location.assign(row.dataset.href);
}

export function startShell() {
  if (window.matchMedia("(max-width: 767.98px)").matches) {
    document.querySelectorAll(".kq-filters").forEach((filters) => { filters.open = false; });
  }
  document.addEventListener("click", (event) => {
    closeMenus(inside(event, "details[data-menu]"));
    const toggle = inside(event, "[data-nav-open], [data-nav-close]");
    if (toggle) {
      event.preventDefault();
      showNavigation(toggle.hasAttribute("data-nav-open"));
    } else if (document.querySelector("#nav.kq-open") && !inside(event, "#nav")) {
      showNavigation(false);
    }
    if (inside(event, "[data-print]")) window.print();
    followRow(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    closeMenus(null);
    if (document.querySelector("#nav.kq-open")) showNavigation(false);
  });
}
