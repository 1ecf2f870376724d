// A form sent after the session had ended is lost to the server. What was typed stays in this tab under the path of its
// page, and is put back there for the same person; never files or passwords. Signing out throws it away.
import { addRowFor } from "./rows.js";
import { fill, typedIn } from "./typed.js";

const PREFIX = "keqiao.kept:";
const HOURS = 8 * 3600 * 1000;
const tabs = new BroadcastChannel("keqiao.kept");
const user = () => document.body.dataset.user;
const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));

function here() {
  const query = new URLSearchParams(location.search);
  query.delete("next");
  return `${PREFIX}${location.pathname}?${query}`;
}

export function forget() {
  keys().forEach((key) => sessionStorage.removeItem(key));
}

function keep(form) {
  const kept = { user: user(), at: Date.now(), ...typedIn(form) };
  try {
    sessionStorage.setItem(here(), JSON.stringify(kept));
  } catch {
    forget(); // no room, or none allowed: the form goes its way as it would without this
  }
}

// Whoever is a visitor now has lost the session with the form; a page that says so has kept nothing of it either.
const nothingKept = () => !user() || document.querySelector("[data-nothing-kept]");

function sortOut() {
  for (const key of keys()) {
    const kept = JSON.parse(sessionStorage.getItem(key));
    const foreign = user() && kept.user !== user();
    if (foreign || Date.now() - kept.at > HOURS || !(kept.lost || nothingKept())) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ ...kept, lost: true }));
  }
}

function offer(form) {
  const key = here();
  const text = sessionStorage.getItem(key);
  if (!text) return;
  const kept = JSON.parse(text);
  form.before(document.getElementById("kept").content.cloneNode(true));
  const note = form.previousElementSibling;
  note.querySelector("[data-files]").hidden = !kept.files;
  const done = () => {
    sessionStorage.removeItem(key);
    note.remove();
  };
  note.querySelector("[data-put-back]").addEventListener("click", () => {
    kept.typed.forEach(([name]) => addRowFor(form, name));
    fill(form, kept);
    done();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  note.querySelector("[data-throw-away]").addEventListener("click", done);
}

export function startKept() {
  sortOut();
  const form = document.querySelector("form[data-keep]");
  if (form && user()) offer(form);
  tabs.addEventListener("message", forget);
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-keep]") && user()) keep(target);
    if (target.matches("[data-sign-out]")) {
      forget();
      tabs.postMessage("signed out");
    }
  });
}
