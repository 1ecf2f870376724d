// The session ends after a time without use, and after a day. Some minutes before, a dialog says so; one click goes on.
import { toast } from "./dialogs.js";

const BEFORE = 3 * 60 * 1000;
const tabs = new BroadcastChannel("keqiao.session");
let unused = Infinity;
let whole = Infinity;
let said = "";

function note(left) {
  unused = Date.now() + left.unused * 1000;
  whole = Date.now() + left.whole * 1000;
}

function look(dialog) {
  const left = Math.min(unused, whole) - Date.now();
  const ends = unused < whole ? "unused" : "whole";
  const state = left <= 0 ? "over" : left > BEFORE ? "" : ends;
  const text = dialog.dataset[state] ?? "";
  dialog.querySelector("p").textContent = text.replace("{n}", Math.ceil(left / 60000));
  if (state === said) return;
  said = state;
  dialog.querySelector("[data-stay]").hidden = state !== "unused";
  if (state && !dialog.open) dialog.showModal();
  if (!state) dialog.close();
}

function stay(dialog) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  fetch(dialog.dataset.url, { method: "POST", headers })
    .then((answer) => (answer.redirected ? { unused: 0, whole: 0 } : answer.json()))
    .then((left) => {
      note(left);
      if (left.unused) tabs.postMessage(left);
      look(dialog);
    })
    .catch(() => toast(document.getElementById("toasts").dataset.lost, "error"));
}

export function startSession() {
  const dialog = document.getElementById("session-end");
  if (!dialog) return;
  const left = { unused: Number(dialog.dataset.unusedLeft), whole: Number(dialog.dataset.wholeLeft) };
  note(left);
  tabs.postMessage(left); // a page opened in another tab is use too
  tabs.addEventListener("message", ({ data }) => {
    note(data);
    look(dialog);
  });
  dialog.querySelector("[data-stay]").addEventListener("click", () => stay(dialog));
  look(dialog);
  setInterval(() => look(dialog), 5000);
}
