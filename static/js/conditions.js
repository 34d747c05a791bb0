/* Shows a question only when another has a certain answer: data-shown-when="field=value" or "field=one|two". */

export function startConditions() {
  for (const block of document.querySelectorAll("div[data-shown-when], fieldset[data-shown-when], section[data-shown-when]")) {
    const form = block.closest("form");
    if (!form) continue;
    const update = () => show(block, form);
    form.addEventListener("change", update);
    form.addEventListener("input", update);
    update();
  }
}

function show(block, form) {
  const [name, wanted] = block.dataset.shownWhen.split(/=(.*)/s);
  const answers = [...form.elements]
    .filter((control) => control.name === name && isAnswered(control))
    .map((control) => control.value);
  block.hidden = !wanted.split("|").some((value) => answers.includes(value));
}

function isAnswered(control) {
  return control.type === "radio" || control.type === "checkbox" ? control.checked : true;
}
