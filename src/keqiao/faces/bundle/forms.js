// Forms: search in long lists, files by drop or camera, nothing typed is lost, nothing is sent twice.
import TomSelect from "tom-select/base";
import RemoveButton from "tom-select/plugins/remove_button/plugin.js";
import { toast } from "./dialogs.js";

TomSelect.define("remove_button", RemoveButton);

const changed = new Set();
const guarded = (form) => form?.method === "post" && !("unguarded" in form.dataset);

function dressSelect(select) {
  if (select.tomselect) return;
  const { url } = select.dataset;
  const words = document.getElementById("toasts").dataset;
  const remote = url && {
    // The server has judged what matches, also by pinyin; the answer to an older query is passed over.
    score: () => () => 1,
    shouldLoad: () => true,
    load(query, done) {
      this.clearOptions();
      const asked = `${url}?q=${encodeURIComponent(query)}`;
      fetch(asked, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
        .then((rows) => done(this.lastValue === query ? rows : []), () => (done(), toast(words.lost, "error")));
    },
  };
  const dressed = new TomSelect(select, {
    plugins: select.multiple ? { remove_button: { title: words.remove } } : {},
    maxOptions: 200,
    loadThrottle: 200,
    render: {
      loading: (_, escape) => `<div class="no-results">${escape(words.loading)}</div>`,
      no_results: (_, escape) => `<div class="no-results">${escape(words.nothing)}</div>`,
    },
    ...remote,
  });
  // The list behind it is for the server only; its label and its error belong to the box people see.
  select.setAttribute("aria-hidden", "true");
  dressed.wrapper.classList.toggle("kq-wrong-choice", select.getAttribute("aria-invalid") === "true");
  const described = select.getAttribute("aria-describedby");
  if (described) dressed.control_input.setAttribute("aria-describedby", described);
}

function listFiles(input) {
  const list = input.closest("[data-drop]").querySelector("ul");
  const limit = Number(input.dataset.limit || Infinity);
  list.replaceChildren();
  for (const file of input.files) {
    const line = document.createElement("li");
    line.textContent = `${file.name} · ${(file.size / 1024 / 1024).toFixed(2)} MB`;
    list.append(line);
    if (file.size > limit) {
      toast(`${document.getElementById("toasts").dataset.large} ${file.name}`, "error");
      input.value = "";
    }
  }
}

function dressDrop(zone) {
  const input = zone.querySelector("input[type=file]");
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("kq-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("kq-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("kq-over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => listFiles(input));
  zone.querySelector("[data-camera]")?.addEventListener("click", () => photograph(input));
}

function photograph(input) {
  const { accept } = input;
  input.accept = "image/*";
  input.setAttribute("capture", "environment");
  input.click();
  input.accept = accept;
  input.removeAttribute("capture");
}

export function dressForms(root) {
  root.querySelectorAll("select[data-search]").forEach(dressSelect);
  root.querySelectorAll("[data-drop]:not([data-dressed])").forEach((zone) => {
    zone.dataset.dressed = "1";
    dressDrop(zone);
  });
  root.querySelectorAll("[data-check-all]").forEach((box) => { box.hidden = false; });
  root.querySelector("[data-errors]")?.focus();
}

export function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[data-busy]").forEach((button) => {
    button.removeAttribute("aria-disabled");
    delete button.dataset.busy;
  });
}

function hold(event) {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  changed.delete(form);
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  // After this turn, so that the pressed button's own name and value still go along.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (button.getAttribute("aria-disabled") !== "true") {
        button.dataset.busy = "1";
        button.setAttribute("aria-disabled", "true");
      }
    }
  });
}

// A link of the list of errors leads to the box people see, not to the hidden list behind it.
function toWrongField(event) {
  const link = event.target.closest?.("[data-errors] a[href^='#']");
  const { tomselect } = (link && document.getElementById(link.hash.slice(1))) || {};
  if (!tomselect) return;
  event.preventDefault();
  tomselect.focus();
}

function tick({ target }) {
  const table = target.closest("table");
  const all = table?.querySelector("[data-check-all]");
  if (!all || target.type !== "checkbox") return;
  const boxes = [...table.querySelectorAll("tbody input[type=checkbox][name=rows]")];
  if (target === all) boxes.forEach((box) => { box.checked = all.checked; });
  else all.checked = boxes.every((box) => box.checked);
}

export function startForms() {
  document.addEventListener("input", ({ target }) => guarded(target.form) && changed.add(target.form));
  document.addEventListener("submit", hold, { capture: true });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
  document.addEventListener("click", toWrongField);
  document.addEventListener("change", tick);
  // A form that came back refused holds what was typed before and isn't saved.
  if (document.querySelector("[data-errors]")) {
    [...document.querySelectorAll("form[data-keep]")].filter(guarded).forEach((form) => changed.add(form));
  }
}
