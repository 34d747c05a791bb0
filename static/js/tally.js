/* A tally's grid: each question's sum as it is typed, and the arrow keys and Enter from cell to cell. */

export function startTally() {
  for (const form of document.querySelectorAll("form[data-tally]")) prepare(form);
}

function prepare(form) {
  const table = form.querySelector("table.tally");
  const sheets = form.elements.namedItem("sheet_count");
  const rows = [...table.querySelectorAll(".tally-row")];
  const tell = () => rows.forEach((row) => tellRow(row, read(sheets.value), table.dataset));
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  table.addEventListener("keydown", (event) => walk(event, rows));
  tell();
}

function read(text) {
  const bare = text.replace(/[\s.]/g, "");
  if (bare === "") return 0;
  return /^\d+$/.test(bare) ? Number(bare) : NaN;
}

function tellRow(row, sheets, words) {
  const cells = [...row.querySelectorAll("input")];
  const blank = cells.at(-1);
  const output = row.querySelector("[data-sum]");
  const isTouched = cells.some((cell) => cell.value.trim() !== "");
  const sum = cells.reduce((total, cell) => total + read(cell.value), 0);
  const left = sheets - sum;
  output.classList.remove("is-wrong");
  output.textContent = "";
  if (!isTouched || !sheets || Number.isNaN(left)) return;
  const isWrong = left < 0 || (left > 0 && blank.value.trim() !== "");
  const word = left === 0 ? words.even : left < 0 ? words.over : isWrong ? words.short : words.left;
  output.textContent = `${format(sum)}/${format(sheets)} ${word.replace("{count}", format(Math.abs(left)))}`;
  output.classList.toggle("is-wrong", isWrong);
}

function format(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ".");
}

function walk(event, rows) {
  const cell = event.target;
  if (!(cell instanceof HTMLInputElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  const steps = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 };
  if (event.key in steps) {
    event.preventDefault();
    const next = beside(cell, rows, steps[event.key]);
    if (next) focus(next);
    return;
  }
  const line = [...cell.closest(".tally-row").querySelectorAll("input")];
  if (event.key === "ArrowRight" && cell.selectionEnd === cell.value.length) step(event, line[line.indexOf(cell) + 1]);
  if (event.key === "ArrowLeft" && cell.selectionStart === 0) step(event, line[line.indexOf(cell) - 1]);
}

function beside(cell, rows, direction) {
  let place = rows.indexOf(cell.closest(".tally-row")) + direction;
  while (rows[place]) {
    const next = rows[place].querySelector(`input[data-cell="${cell.dataset.cell}"]`);
    if (next) return next;
    place += direction;
  }
  return null;
}

function step(event, cell) {
  if (!cell) return;
  event.preventDefault();
  focus(cell);
}

function focus(cell) {
  cell.focus();
  cell.select();
}
