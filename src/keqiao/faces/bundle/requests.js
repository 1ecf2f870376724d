// Partial updates: a conflict or a form with errors is shown in place, everything else is said in a toast.
import { toast } from "./dialogs.js";
import { release } from "./forms.js";

const words = () => document.getElementById("toasts").dataset;

function failed({ detail }) {
  const { status } = detail.xhr;
  if (status === 403 || status === 404) toast(words().denied, "error");
  else toast(`${words().failed} ${detail.xhr.getResponseHeader("X-Request-ID") || status}`, "error");
}

export function startRequests() {
  const { body } = document;
  body.addEventListener("htmx:responseError", failed);
  body.addEventListener("htmx:sendError", () => toast(words().lost, "error"));
  body.addEventListener("htmx:timeout", () => toast(words().lost, "error"));
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt.closest("form");
    if (form) release(form);
  });
  // The server says `HX-Trigger: {"toast": {"text": "…", "tone": "success"}}`.
  body.addEventListener("toast", ({ detail }) => toast(detail.text, detail.tone));
}
