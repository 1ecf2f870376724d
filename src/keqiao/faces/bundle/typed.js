// What stands in a form, taken out and put back. Files and passwords stay where they are.
const SECRET = ["file", "password"];
// Of what is unseen only what tells the state the form was written on: a new key is for the new page to give.
const UNSEEN = ["expected_version", "began_with"];

export function typedIn(form) {
  const controls = [...form.elements].filter((control) => control.name && !control.disabled);
  const left = new Set(controls.filter((control) => SECRET.includes(control.type)).map((control) => control.name));
  controls.filter((control) => control.type === "hidden" && !UNSEEN.includes(control.name)).forEach((control) => left.add(control.name));
  const chosen = controls.filter((control) => control.tomselect).flatMap((control) => [...control.selectedOptions]);
  return {
    typed: [...new FormData(form)].filter(([name, value]) => !left.has(name) && typeof value === "string"),
    labels: Object.fromEntries(chosen.map((option) => [option.value, option.text])),
    files: controls.some((control) => control.type === "file" && control.files.length > 0),
  };
}

function put(control, values, labels) {
  if (["checkbox", "radio"].includes(control.type)) control.checked = values.includes(control.value);
  else if (control.tomselect) {
    values.forEach((value) => control.tomselect.addOption({ value, text: labels[value] ?? value }));
    control.tomselect.setValue(values, true);
  } else if (control.options) {
    for (const option of control.options) option.selected = values.includes(option.value);
  } else if (values.length) control.value = values.shift();
}

export function fill(form, { typed, labels }) {
  const byName = new Map();
  typed.forEach(([name, value]) => byName.set(name, [...(byName.get(name) ?? []), value]));
  for (const control of form.elements) {
    const untouched = SECRET.includes(control.type) || (control.type === "hidden" && !UNSEEN.includes(control.name));
    if (!control.name || control.disabled || control.matches("button") || untouched) continue;
    put(control, byName.get(control.name) ?? [], labels);
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
