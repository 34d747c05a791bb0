/* The file field speaks the page's language: its own button's words come from the browser's. */

export function startFiles() {
  for (const control of document.querySelectorAll("input[type=file][data-choose]")) prepare(control);
}

function prepare(control) {
  const line = document.createElement("div");
  line.className = "file-line";
  const button = document.createElement("label");
  button.className = "button secondary file-button";
  button.htmlFor = control.id;
  button.setAttribute("aria-hidden", "true");
  button.textContent = control.dataset.choose;
  const names = document.createElement("output");
  names.className = "file-names";
  const tell = () => {
    const chosen = [...control.files].map((file) => file.name);
    names.textContent = chosen.length ? chosen.join(", ") : control.dataset.none;
  };
  control.before(line);
  line.append(control, button, names);
  control.classList.add("is-covered");
  control.addEventListener("change", tell);
  tell();
}
