/* Puts the slashes into a day while it is typed (30052023 becomes 30/05/2023), for keyboards without a slash. */

export function startDays() {
  document.addEventListener("input", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || !control.classList.contains("day")) return;
    const isAtEnd = control.selectionStart === control.value.length;
    if (!isAtEnd || event.inputType?.startsWith("delete")) return;
    control.value = withSlashes(control.value);
  });
}

export function withSlashes(text) {
  if (!/^[\d/]*$/.test(text)) return text;
  return text
    .replace(/^(\d{2})(?=\d)/, "$1/")
    .replace(/^(\d{1,2}\/\d{2})(?=\d)/, "$1/")
    .slice(0, 10);
}
