/* Two versions of one answer: a dialog for each, nothing decided until a person chooses. */

import { labelOf, controlsOf, showValue, writeField } from "./form_values.js";

/* Returns the names whose own version is to be kept; the others are filled with the other version. */
export async function chooseVersions(form, conflicts) {
  const kept = [];
  for (const [name, conflict] of Object.entries(conflicts)) {
    if (controlsOf(form, name).length === 0) continue;
    const choice = await ask(form, name, conflict);
    for (const control of controlsOf(form, name)) control.dataset.revision = conflict.revision;
    if (choice === "mine") kept.push(name);
    else writeField(form, name, conflict.theirs);
  }
  return kept;
}

function ask(form, name, conflict) {
  const template = document.querySelector("template[data-conflict-dialog]");
  if (!template) return "mine";
  const dialog = template.content.firstElementChild.cloneNode(true);
  const about = dialog.querySelector("[data-about]");
  about.textContent = about.dataset.about
    .replace("{who}", () => conflict.who)
    .replace("{label}", () => labelOf(form, name))
    .replace("{when}", () => conflict.when);
  for (const side of ["mine", "theirs"]) {
    const place = dialog.querySelector(`[data-${side}]`);
    place.textContent = showValue(form, name, conflict[side]) || place.dataset.empty;
  }
  document.body.append(dialog);
  const before = document.activeElement;
  dialog.showModal();
  return new Promise((resolve) => {
    let isDecided = false;
    dialog.addEventListener("close", () => isDecided || dialog.showModal());
    for (const button of dialog.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", () => {
        isDecided = true;
        dialog.close();
        dialog.remove();
        before?.focus();
        resolve(button.dataset.keep);
      });
    }
  });
}
