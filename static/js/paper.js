/* The grid of paper sheets: one sign a cell, on to the next by itself, Enter stores the sheet without leaving the page.
   While a sheet is on its way, what is typed waits and is then put into the next one. */

import { canEvaluate, holds, references } from "./expression.js";
import { renewToken } from "./draft_client.js";

for (const form of document.querySelectorAll("form[data-paper]")) start(form);

function start(form) {
  const cells = [...form.querySelectorAll("input[data-kind]")];
  const main = cells.filter((cell) => cell.dataset.kind !== "free");
  const state = { form, cells, main, free: cells.find((cell) => cell.dataset.kind === "free"), steps: JSON.parse(form.dataset.steps),
    tickets: [], typed: [], isBusy: false, number: 0 };
  document.querySelector("form[data-plain-undo]")?.setAttribute("hidden", "");
  state.undo = form.querySelector("[data-undo-button]");
  state.undo.addEventListener("click", () => undo(state));
  form.addEventListener("keydown", (event) => onKey(state, event));
  form.addEventListener("input", (event) => onInput(state, event.target));
  form.addEventListener("focusin", (event) => ask(form, event.target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    store(state);
  });
  skip(state);
  (form.querySelector("[aria-invalid]") ?? main[0])?.focus();
}

function onKey(state, event) {
  const cell = event.target;
  const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (isUndo && state.cells.every((each) => each.value === "")) {
    event.preventDefault();
    undo(state);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !(cell instanceof HTMLInputElement)) return;
  if (state.isBusy && (event.key.length === 1 || event.key === "Enter")) {
    event.preventDefault();
    state.typed.push(event.key);
    return;
  }
  if (event.key === "Enter") {
    event.preventDefault();
    store(state);
  } else if (state.main.includes(cell) && press(state, cell, event.key)) {
    event.preventDefault();
  }
}

/* One key in a cell of signs; true where the browser is to do nothing more. */
function press(state, cell, key) {
  if (key === "+" && state.free) {
    state.free.focus();
  } else if (key === " " || key === "ArrowRight") {
    if (key === " " && isOneSign(cell)) cell.value = "";
    else if (key === " " && cell.dataset.count > 9) return false;
    move(state, cell, 1);
  } else if (key === "ArrowLeft" || (key === "Backspace" && cell.value === "")) {
    move(state, cell, -1);
  } else if (key.length === 1 && !fits(cell, key)) {
    refuse(cell);
  } else if (key.length === 1 && isOneSign(cell)) {
    take(state, cell, key);
  } else {
    return false;
  }
  return true;
}

function take(state, cell, sign) {
  cell.value = sign === "-" ? "0" : sign.toLowerCase();
  onInput(state, cell);
}

/* A phone's keyboard sends no keys, only what stands in the cell. */
function onInput(state, cell) {
  if (!state.cells.includes(cell)) return;
  clear(cell);
  skip(state);
  if (isOneSign(cell) && cell.value !== "") {
    const sign = cell.value.slice(-1);
    if (!fits(cell, sign)) {
      cell.value = "";
      refuse(cell);
      return;
    }
    cell.value = sign.toLowerCase();
    move(state, cell, 1);
  }
}

const isOneSign = (cell) => "one" in cell.dataset;

function fits(cell, sign) {
  if (cell.dataset.kind === "ticks") return /[0-9 ,;]/.test(sign) && (cell.dataset.count > 9 || Number(sign) <= cell.dataset.count);
  if (sign === "0" || sign === "-") return true;
  if ("na" in cell.dataset && (/[nN]/.test(sign) || sign === "9")) return true;
  return /[1-9]/.test(sign) && (!isOneSign(cell) || Number(sign) <= cell.dataset.count);
}

function refuse(cell) {
  cell.classList.remove("is-refused");
  cell.getBoundingClientRect(); // so that the second refusal is seen, too
  cell.classList.add("is-refused");
}

function move(state, cell, direction) {
  let place = state.main.indexOf(cell) + direction;
  while (state.main[place] && "passed" in state.main[place].dataset) place += direction;
  const next = state.main[place];
  if (!next) {
    if (direction > 0) state.form.querySelector("button[type=submit]").focus();
    return;
  }
  next.focus();
  next.select();
}

/* What the present cell asks, in words, above the grid. */
function ask(form, cell) {
  const line = form.querySelector("[data-asked]");
  if (cell.dataset?.text) line.textContent = `${cell.name}. ${cell.dataset.text}${cell.dataset.legend ? ` — ${cell.dataset.legend}` : ""}`;
}

/* Questions that earlier answers lead past are passed over; the server decides the same way. */
function skip(state) {
  if (!canEvaluate()) return;
  const sections = new Map();
  for (const step of state.steps) {
    if (!step.relevant) continue;
    const answers = Object.fromEntries(references(step.relevant).map((name) => [name, answerOf(state, name)]));
    const isAsked = holds(step.relevant, answers);
    for (const code of step.questions ?? []) sections.set(code, isAsked);
    if (step.questions) step.questions.forEach((code) => pass(state.form, code, !isAsked));
    else pass(state.form, step.question, !(isAsked && (sections.get(step.question) ?? true)));
  }
}

function pass(form, code, isPassed) {
  for (const block of form.querySelectorAll(`[data-question="${CSS.escape(code)}"]`)) {
    block.classList.toggle("is-passed", isPassed);
    for (const cell of block.querySelectorAll("input")) cell.toggleAttribute("data-passed", isPassed);
  }
}

function answerOf(state, name) {
  const cell = state.cells.find((each) => each.name === name);
  const sign = cell?.value.trim().toLowerCase() ?? "";
  if (!cell || "passed" in cell.dataset || sign === "0" || sign === "-") return "";
  if (cell.dataset.kind === "free") return sign;
  const codes = cell.dataset.codes.split(" ");
  if (cell.dataset.kind === "ticks") return [...sign].map((digit) => codes[digit - 1] ?? "").join(" ");
  return sign === "n" ? "na" : codes[sign - 1] ?? "";
}

async function store(state) {
  if (state.isBusy) return;
  const { form } = state;
  const ticket = form.elements.namedItem("_sheet_ticket").value;
  const answer = await send(state, form.action, new FormData(form));
  if (answer?.ticket) {
    state.tickets.push(ticket);
    state.number += 1;
    renew(state, answer);
    say(form, "saved", state.number);
  } else if (answer?.errors) {
    state.typed = [];
    tell(state, answer.errors);
  }
  replay(state);
}

async function undo(state) {
  if (state.isBusy) return;
  const { form } = state;
  if (state.tickets.length === 0) {
    say(form, "nothing");
    return;
  }
  const data = new FormData();
  data.set("_sheet_ticket", state.tickets.at(-1));
  data.set("_day", form.elements.namedItem("_day").value);
  const answer = await send(state, form.dataset.undo, data);
  if (answer?.ticket) {
    state.tickets.pop();
    count(form, answer);
    say(form, answer.undone ? "undone" : "notUndone");
    state.undo.hidden = state.tickets.length === 0;
  }
  (form.querySelector("[aria-invalid]") ?? state.main[0])?.focus();
  replay(state);
}

async function send(state, address, data, isAgain = false) {
  state.isBusy = true;
  let response;
  try {
    response = await fetch(address, { method: "POST", body: data, credentials: "same-origin", redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" } });
    if (response.headers.get("Content-Type")?.includes("json")) return await response.json();
  } catch {
    response = null;
  } finally {
    state.isBusy = false;
  }
  if (response && response.status < 500 && !isAgain && await renewToken()) {
    data.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
    return send(state, address, data, true);
  }
  state.typed = [];
  say(state.form, response && response.status < 500 ? "expired" : "offline");
  return null;
}

function renew(state, answer) {
  state.form.elements.namedItem("_sheet_ticket").value = answer.ticket;
  for (const cell of state.cells) {
    cell.value = "";
    clear(cell);
  }
  state.form.querySelector("[data-sheet-error]").hidden = true;
  state.undo.hidden = false;
  count(state.form, answer);
  skip(state);
  state.main[0]?.focus();
}

function count(form, answer) {
  const line = document.querySelector("[data-counts]");
  line.textContent = line.dataset.words.replace("{on_day}", answer.on_day).replace("{total}", answer.total);
}

function replay(state) {
  const waiting = state.typed.splice(0);
  waiting.forEach((key, place) => {
    const cell = document.activeElement;
    if (state.isBusy) state.typed.push(...waiting.slice(place, place + 1));
    else if (key === "Enter") store(state);
    else if (state.main.includes(cell) && !press(state, cell, key)) cell.value += key;
    else if (state.cells.includes(cell) && !state.main.includes(cell)) cell.value += key;
  });
}

function tell(state, errors) {
  for (const cell of state.cells) clear(cell);
  for (const [name, message] of Object.entries(errors)) {
    const control = name ? state.form.elements.namedItem(name) : null;
    if (!control) continue;
    control.setAttribute("aria-invalid", "true");
    control.closest(".paper-cell, .field")?.classList.add("has-error");
    control.after(errorLine(name, message));
    control.setAttribute("aria-describedby", `error-${name}`);
  }
  const whole = state.form.querySelector("[data-sheet-error]");
  whole.querySelector("span").textContent = errors[""] ?? errors._day ?? state.form.querySelector("[data-done]").dataset.mend;
  whole.hidden = false;
  const first = state.form.querySelector("[aria-invalid]");
  first?.focus();
  first?.select();
}

function clear(cell) {
  if (!cell.hasAttribute("aria-invalid")) return;
  cell.removeAttribute("aria-invalid");
  cell.removeAttribute("aria-describedby");
  cell.closest(".paper-cell, .field")?.classList.remove("has-error");
  document.getElementById(`error-${cell.name}`)?.remove();
}

function errorLine(name, message) {
  const line = document.createElement("p");
  line.className = "field-error paper-error";
  line.id = `error-${name}`;
  line.textContent = message;
  return line;
}

function say(form, what, number = "") {
  const line = form.querySelector("[data-done]");
  line.textContent = line.dataset[what].replace("{number}", number);
}
