/* Shows the questions that the answers so far ask for, and hides the others.

A form bears data-relevance, the JSON of Answering.tree(); its questions bear data-question, its sections
data-section. What is hidden is disabled, so that it is not sent, and keeps its answer for when it is shown again.
data-today on the form gives today as "2023-05-30"; without it, it is today in Vietnam. The module starts by itself;
a form that comes later is given to follow(form), which returns the function that looks at the answers anew. */

import { canEvaluate, holds, references } from "./expression.js";

const CONTROLS = "input, select, textarea, button";
const followed = new WeakMap();

export function follow(form) {
  if (!canEvaluate()) return () => {};
  if (followed.has(form)) return followed.get(form);
  const { steps, kinds } = JSON.parse(form.dataset.relevance);
  const update = () => walk(form, steps, kinds);
  followed.set(form, update);
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  window.addEventListener("pageshow", update);
  update();
  return update;
}

/* Steps come in the order of the page, and each asks only for earlier answers: one walk settles all. */
function walk(form, steps, kinds) {
  const isSectionShown = new Map();
  for (const step of steps) {
    if (step.section) {
      const isShown = isHeld(form, step.relevant, kinds);
      show(form, "section", step.section, isShown);
      for (const code of step.questions) {
        isSectionShown.set(code, isShown);
        show(form, "question", code, isShown);
      }
      continue;
    }
    if (step.relevant) {
      const isShown = (isSectionShown.get(step.question) ?? true) && isHeld(form, step.relevant, kinds);
      show(form, "question", step.question, isShown);
    }
    if (step.constraint) constrain(form, step, kinds);
  }
}

/* An answer that cannot be read decides nothing: the question stays. */
function isHeld(form, tree, kinds, current = "") {
  const answers = Object.create(null);
  for (const field of references(tree)) {
    const answer = readAnswer(form, field, kinds[field]);
    if (answer === null) return true;
    answers[field] = answer;
  }
  return holds(tree, answers, current, form.dataset.today || today());
}

function show(form, part, code, isShown) {
  for (const block of form.querySelectorAll(`[data-${part}="${CSS.escape(code)}"]`)) {
    block.hidden = !isShown;
    if (part === "question") enable(block, isShown);
  }
}

function enable(block, isShown) {
  for (const control of block.querySelectorAll(CONTROLS)) {
    if (isShown && "skipped" in control.dataset) {
      control.disabled = false;
      delete control.dataset.skipped;
    } else if (!isShown && !control.disabled) {
      control.disabled = true;
      control.dataset.skipped = "";
    }
  }
}

/* A given answer that breaks its constraint is told by the browser, where the form lets it. */
function constrain(form, step, kinds) {
  for (const field of step.fields) {
    const controls = controlsOf(form, field);
    if (!controls.length) continue;
    const answer = readAnswer(form, field, kinds[field]);
    const isMet = !answer || isHeld(form, step.constraint, kinds, answer);
    controls[0].setCustomValidity(isMet ? "" : step.message);
  }
}

/* The answer as expressions see it; null for a number or day that cannot be read. */
export function readAnswer(form, field, kind) {
  const given = controlsOf(form, field)
    .filter((control) => !control.matches(":disabled") && (!/^(radio|checkbox)$/.test(control.type) || control.checked))
    .map((control) => control.value.normalize("NFC").trim())
    .filter(Boolean);
  return plainAnswer([...new Set(given)].join(" "), kind);
}

/* What was typed, as expressions see it: "1.234,50" is "1234.5", "30/5/2023" is "2023-05-30"; null for neither. */
export function plainAnswer(written, kind) {
  return written && kind in READERS ? READERS[kind](written) : written;
}

function controlsOf(form, field) {
  const found = form.elements.namedItem(field);
  const controls = found instanceof RadioNodeList ? [...found] : found ? [found] : [];
  return controls.filter((control) => control.name === field);
}

const READERS = {
  integer: (written) => plainNumber(written, /^-?([0-9]{1,60}|[0-9]{1,3}(\.[0-9]{3}){1,20})$/),
  decimal: (written) => (/^-?[0-9]{1,3}\.[0-9]{3}$/.test(written.replace(/\s/g, ""))
    ? null : plainNumber(written, /^-?([0-9]{1,60}|[0-9]{1,3}(\.[0-9]{3}){1,20})(,[0-9]{1,60})?$/)),
  date: plainDay,
  text: (written) => written.replace(/\s+/g, " "),
};

function plainNumber(written, shape) {
  const bare = written.replace(/\s/g, "");
  if (!shape.test(bare)) return null;
  const [whole, part = ""] = bare.replace(/\./g, "").split(",");
  const digits = whole.replace(/^(-?)0+(?=[0-9])/, "$1");
  const rest = part.replace(/0+$/, "");
  return digits === "-0" && !rest ? "0" : `${digits}${rest && `.${rest}`}`;
}

function plainDay(written) {
  const match = /^([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{4})$/.exec(written)
    ?? /^([0-9]{2})([0-9]{2})([0-9]{4})$/.exec(written);
  const iso = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(written);
  if (!match && !iso) return null;
  const [year, month, day] = (iso ? iso.slice(1) : [match[3], match[2], match[1]]).map(Number);
  const moment = new Date(Date.UTC(2000, month - 1, day));
  moment.setUTCFullYear(year, month - 1, day);
  const isReal = year > 0 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  return isReal ? moment.toISOString().slice(0, 10) : null;
}

/* Today in Vietnam, as "2023-05-30". */
export function today() {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Ho_Chi_Minh", year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(new Date());
  const part = (type) => parts.find((each) => each.type === type).value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

for (const form of document.querySelectorAll("form[data-relevance]")) follow(form);
