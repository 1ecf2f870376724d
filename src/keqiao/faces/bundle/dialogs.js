// Steps that can't be undone ask first, and say what they will do: <button data-confirm="…">.
const dialog = () => document.getElementById("confirm");
let waiting = null;

function ask(trigger) {
  const { confirm, confirmTitle, confirmLabel } = trigger.dataset;
  const title = document.getElementById("confirm-title");
  const yes = document.getElementById("confirm-yes");
  title.textContent = confirmTitle || title.dataset.default;
  document.getElementById("confirm-text").textContent = confirm;
  yes.textContent = confirmLabel || yes.dataset.default;
  waiting = trigger;
  dialog().showModal();
}

function goOn() {
  const trigger = waiting;
  dialog().close();
  trigger.dataset.confirmed = "1";
  trigger.click();
  delete trigger.dataset.confirmed;
}

function onClick(event) {
  const trigger = event.target.closest?.("[data-confirm]");
  if (trigger && !trigger.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(trigger);
    return;
  }
  if (event.target.closest?.("dialog [data-close]")) event.target.closest("dialog").close();
  if (event.target.closest?.("[aria-disabled='true']")) event.preventDefault();
}

export function startDialogs() {
  document.addEventListener("click", onClick, { capture: true });
  document.getElementById("confirm-yes").addEventListener("click", goOn);
}

export function toast(text, tone = "info") {
  const box = document.getElementById("toasts");
  const note = document.createElement("div");
  note.className = `kq-alert kq-${tone}`;
  const words = document.createElement("div");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", box.dataset.close);
  close.addEventListener("click", () => note.remove());
  note.append(words, close);
  box.append(note);
  // An error stays until it is read; the rest leaves by itself.
  if (tone !== "error") setTimeout(() => note.remove(), 8000);
}
