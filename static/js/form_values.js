/* Reads and writes the answers of a form the way the server keeps them: a text, or a list for a group of ticks. */

const UNKEPT = new Set(["hidden", "file", "password", "submit", "button", "reset", "image"]);

export function isKept(control) {
  return Boolean(control.name) && !UNKEPT.has(control.type) && control.dataset.autosave !== "off"
    && !control.disabled && !control.readOnly && !control.name.startsWith("choice-");
}

export function controlsOf(form, name) {
  return [...form.elements].filter((control) => control.name === name && isKept(control));
}

export function isGroup(controls) {
  return controls[0].type === "checkbox" && controls[0].closest(".choices") !== null;
}

export function readField(form, name) {
  const controls = controlsOf(form, name);
  if (isGroup(controls)) return controls.filter((control) => control.checked).map((control) => control.value);
  if (["radio", "checkbox"].includes(controls[0].type)) {
    return controls.find((control) => control.checked)?.value ?? "";
  }
  return controls[0].value;
}

export function writeField(form, name, value) {
  const values = Array.isArray(value) ? value : [value];
  for (const control of controlsOf(form, name)) {
    if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
    control.dispatchEvent(new Event("change", { bubbles: false }));
  }
}

export function showValue(form, name, value) {
  const values = Array.isArray(value) ? value : [value];
  const choices = controlsOf(form, name).filter((control) => ["radio", "checkbox"].includes(control.type));
  return values.map((item) => wordsOf(form, name, choices, item)).filter(Boolean).join("\n");
}

function wordsOf(form, name, choices, value) {
  const choice = choices.find((control) => control.value === value);
  if (choice) return choice.labels[0]?.textContent.trim() ?? value;
  const [control] = controlsOf(form, name);
  if (control instanceof HTMLSelectElement) {
    return [...control.options].find((option) => option.value === value)?.textContent.trim() ?? value;
  }
  return value;
}

export function labelOf(form, name) {
  const [control] = controlsOf(form, name);
  const legend = control.closest("fieldset")?.querySelector("legend");
  const owner = control.getAttribute("aria-labelledby");
  const source = (isGroup([control]) || control.type === "radio" ? legend : control.labels[0])
    ?? (owner && document.getElementById(owner.split(" ")[0]));
  return source?.textContent.trim().replace(/\s+/g, " ") ?? name;
}
