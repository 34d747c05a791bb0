/* A step that unfolds without a script opens as a native dialog with one (components/dialog.html). */

export function startDialogs() {
  for (const details of document.querySelectorAll("details[data-dialog]")) prepare(details);
}

function prepare(details) {
  const panel = details.querySelector(".disclosure-panel");
  const summary = details.querySelector("summary");
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", panel.getAttribute("aria-labelledby"));
  panel.removeAttribute("role");
  panel.removeAttribute("aria-labelledby");
  dialog.append(panel, closeButton(dialog, details.dataset.close));
  details.after(dialog);
  summary.setAttribute("aria-haspopup", "dialog");
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && isOutside(dialog, event)) dialog.close();
  });
  dialog.addEventListener("close", () => summary.focus());
  if (details.open) {
    details.open = false;
    dialog.showModal();
  }
}

function closeButton(dialog, words) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet dialog-close";
  button.textContent = words;
  button.addEventListener("click", () => dialog.close());
  return button;
}

function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
