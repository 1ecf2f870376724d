// Tables inside forms: another empty row, made from the one the server left beside the table.
import { dressForms } from "./forms.js";

const rowsOf = (zone) => zone.querySelector("tbody").rows;

function addRow(zone) {
  const template = zone.querySelector("template[data-next]");
  const number = rowsOf(zone).length;
  const holder = document.createElement("template");
  // In a label people count from one, in a name the server counts from nought.
  holder.innerHTML = template.innerHTML
    .replaceAll(`-${template.dataset.next}-`, `-${number}-`)
    .replaceAll(template.dataset.next, number + 1);
  const row = holder.content.firstElementChild;
  zone.querySelector("tbody").append(row);
  dressForms(row);
  keepToMost(zone);
  return row;
}

// The row that a cell of this name stands in, if its table has no such row yet.
export function addRowFor(form, name) {
  for (const zone of form.querySelectorAll("[data-rows]")) {
    const field = zone.querySelector("[data-add-row]").value;
    const number = name.startsWith(`${field}-`) ? Number(name.slice(field.length + 1).split("-")[0]) : -1;
    while (rowsOf(zone).length <= Math.min(number, Number(zone.dataset.most) - 1)) addRow(zone);
  }
}

function keepToMost(zone) {
  zone.querySelector("[data-add-row]").disabled = rowsOf(zone).length >= Number(zone.dataset.most);
}

export function dressRows(root) {
  root.querySelectorAll("[data-add-row]").forEach((button) => {
    button.type = "button"; // else Enter in a field would press it
    keepToMost(button.closest("[data-rows]"));
  });
}

export function startRows() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-add-row]");
    if (!button) return;
    addRow(button.closest("[data-rows]")).querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}
