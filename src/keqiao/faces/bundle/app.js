// Everything works without this file; it makes work quicker and mistakes rarer.
import htmx from "htmx.org";
import { startDialogs } from "./dialogs.js";
import { dressForms, startForms } from "./forms.js";
import { startKept } from "./kept.js";
import { startKeyboard } from "./keyboard.js";
import { startRequests } from "./requests.js";
import { dressRows, startRows } from "./rows.js";
import { startSession } from "./session.js";
import { startShell } from "./shell.js";

window.htmx = htmx;
startShell();
startDialogs();
startForms();
startKeyboard();
startRows();
startRequests();
for (const dress of [dressForms, dressRows]) {
  dress(document);
  htmx.onLoad(dress);
}
startKept();
startSession();
