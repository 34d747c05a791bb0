/* Answers the conditions of a questionnaire: the twin of core/expression, over the same trees as JSON.

A value is a text, a yes or no, a number kept as a whole number of 10^-12 (BigInt), or null for "not a number". */

const isAble = typeof BigInt === "function";
const big = (digits) => (isAble ? BigInt(digits) : 0);
const ZERO = big(0);
const ONE = big(1);
const TWO = big(2);
const TEN = big(10);
const UNIT = big("1000000000000");
const LIMIT = big(`1${"0".repeat(42)}`);
const NUMBER = /^[ \t\r\n]*(-?)([0-9]{0,30})(?:\.([0-9]*))?[ \t\r\n]*$/;
const DAY = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})$/;
const SPACE = /[ \t\r\n]+/;
const MS_A_DAY = 86400000;

/* Whether this browser can count exactly; where it cannot, nothing is skipped and the server judges alone. */
export function canEvaluate() {
  return isAble;
}

/* The value of a tree: answers by field, the answer that is judged, today as "2023-05-30". */
export function evaluate(node, answers, current = "", today = "") {
  const [name, ...parts] = node;
  const value = (place) => evaluate(parts[place], answers, current, today);
  switch (name) {
    case "text": return parts[0];
    case "decimal": return number(parts[0]);
    case "answer": return answers[parts[0]] ?? "";
    case "current": return current;
    case "today": return today;
    case "true": return true;
    case "false": return false;
    case "or": return truth(value(0)) || truth(value(1));
    case "and": return truth(value(0)) && truth(value(1));
    case "if": return truth(value(0)) ? value(1) : value(2);
    case "coalesce": return first(value(0), () => value(1));
    case "round": return round(number(value(0)), parts.length > 1 ? number(value(1)) : ZERO);
    default: return parts.length === 1 ? SINGLE[name](value(0)) : DOUBLE[name](value(0), value(1));
  }
}

/* Whether a condition holds. */
export function holds(node, answers, current = "", today = "") {
  return truth(evaluate(node, answers, current, today));
}

/* The fields that a tree asks for. */
export function references(node) {
  if (node[0] === "answer") return [node[1]];
  return node.slice(1).filter(Array.isArray).flatMap(references);
}

/* A value as a text: numbers without needless zeros. */
export function text(value) {
  if (value === null) return "NaN";
  if (typeof value !== "bigint") return String(value);
  const amount = absolute(value);
  const part = String(amount % UNIT).padStart(12, "0").replace(/0+$/, "");
  return `${value < ZERO ? "-" : ""}${amount / UNIT}${part && `.${part}`}`;
}

const SINGLE = {
  negate: (value) => calculated(number(value), ZERO, (amount) => -amount),
  not: (value) => !truth(value),
  "count-selected": (value) => big(words(value).length) * UNIT,
  "string-length": (value) => big([...text(value)].length) * UNIT,
  int: (value) => calculated(number(value), ZERO, (amount) => (amount / UNIT) * UNIT),
  number: (value) => number(value),
};

const DOUBLE = {
  "=": isEqual,
  "!=": (left, right) => !isEqual(left, right),
  "<": ordered((left, right) => left < right),
  "<=": ordered((left, right) => left <= right),
  ">": ordered((left, right) => left > right),
  ">=": ordered((left, right) => left >= right),
  "+": arithmetic((left, right) => left + right),
  "-": arithmetic((left, right) => left - right),
  "*": arithmetic((left, right) => divided(left * right, UNIT)),
  div: arithmetic((left, right) => (right === ZERO ? null : divided(left * UNIT, right))),
  mod: arithmetic((left, right) => (right === ZERO ? null : left % right)),
  selected: (value, code) => words(value).includes(text(code).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")),
};

function number(value) {
  if (typeof value === "boolean") return value ? UNIT : ZERO;
  return typeof value === "string" ? read(value) : value;
}

function read(written) {
  const match = NUMBER.exec(written);
  if (!match) return days(written);
  const [, sign, before, after = ""] = match;
  if (!before && !after) return null;
  const amount = big(before || "0") * UNIT + big(after.slice(0, 12).padEnd(12, "0"));
  return sign ? -amount : amount;
}

function days(written) {
  const match = DAY.exec(written);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const moment = new Date(Date.UTC(year, month - 1, day));
  if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== day) return null;
  return big(moment.getTime() / MS_A_DAY) * UNIT;
}

function truth(value) {
  return typeof value === "bigint" ? value !== ZERO : Boolean(value);
}

function words(value) {
  return text(value).split(SPACE).filter(Boolean);
}

function first(value, other) {
  return value === "" ? other() : value;
}

function isEqual(left, right) {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "string" && typeof right === "string") return left === right;
  const amount = number(left);
  return amount !== null && amount === number(right);
}

function ordered(compare) {
  return (left, right) => {
    const [one, other] = [number(left), number(right)];
    return one !== null && other !== null && compare(one, other);
  };
}

function arithmetic(work) {
  return (left, right) => calculated(number(left), number(right), work);
}

function calculated(left, right, work) {
  if (left === null || right === null) return null;
  const result = work(left, right);
  return result === null || absolute(result) >= LIMIT ? null : result;
}

function absolute(amount) {
  return amount < ZERO ? -amount : amount;
}

function divided(numerator, denominator) {
  const below = absolute(denominator);
  const amount = (TWO * absolute(numerator) + below) / (TWO * below);
  return (numerator < ZERO) !== (denominator < ZERO) ? -amount : amount;
}

function round(value, places) {
  if (value === null || places === null || places % UNIT !== ZERO) return null;
  const count = Number(places / UNIT);
  if (count < 0 || count > 12) return null;
  let step = ONE;
  for (let place = count; place < 12; place += 1) step *= TEN;
  return calculated(value, ZERO, (amount) => floored(TWO * amount + step, TWO * step) * step);
}

function floored(numerator, denominator) {
  const amount = numerator / denominator;
  return numerator < ZERO && numerator % denominator !== ZERO ? amount - ONE : amount;
}
