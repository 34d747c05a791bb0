/* Keeps what was typed in this tab until it is sent, and sends later what could not be sent.

   Typed answers stand in sessionStorage, which other people on this device do not see; a sheet that waits for the network
   stands in the cache "sheet-queue", where the worker finds it after the tab was closed. A second tab is the portal's
   business: it gives it the ticket in this address's cookie. */

const place = location.pathname;
const answersKey = `sheet ${place}`;

export function startKeeping(form) {
  const isAnswered = document.querySelector("[data-summary]") !== null;
  if (!isAnswered) restore(form);
  const save = () => tryTo(() => sessionStorage.setItem(answersKey, JSON.stringify([...new FormData(form)])));
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  if (isAnswered) save();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, event.submitter);
  });
  document.querySelector("[data-decline]")?.addEventListener("click", erase);
  addEventListener("online", () => flush(form));
  flush(form);
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(answersKey) ?? "null");
  if (kept) fill(form, kept);
}

function fill(form, pairs) {
  const given = new Map();
  for (const [name, value] of pairs) given.set(name, [...(given.get(name) ?? []), value]);
  for (const control of form.elements) {
    const values = given.get(control.name);
    if (control.type === "radio" || control.type === "checkbox") control.checked = values?.includes(control.value) ?? false;
    else if (values) control.value = values[0];
  }
}

function erase() {
  tryTo(() => sessionStorage.removeItem(answersKey));
  forgetTicket();
}

/* From here on another page opened here is another sheet, even where this one waits for the network. */
function forgetTicket() {
  document.cookie = `sheet=; path=${place}; max-age=0`;
}

async function send(form, submitter) {
  const button = form.querySelector(".send button");
  if (button.disabled) return;
  button.disabled = true;
  const pairs = [...new FormData(form, submitter)];
  forgetTicket();
  const answer = await post(location.href, new URLSearchParams(pairs));
  if (answer?.type === "opaqueredirect") return finish(form);
  if (answer) return sendPlainly(form, pairs);
  button.disabled = false;
  await queue(form, new URLSearchParams(pairs));
}

async function post(url, body) {
  try {
    return await fetch(url, { method: "POST", body, redirect: "manual" });
  } catch {
    return null;
  }
}

/* The portal found something: it says so on a page of its own, to which the form leads without this script. */
function sendPlainly(form, pairs) {
  fill(form, pairs);
  const name = "_drop_hidden";
  if (pairs.some(([given]) => given === name)) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value: "1" }));
  }
  form.submit();
}

function finish(form) {
  erase();
  location.replace(form.dataset.thanks);
}

async function queue(form, body) {
  if (globalThis.caches) {
    const waiting = await caches.open("sheet-queue");
    await waiting.put(slot(form), new Response(JSON.stringify({ url: location.href, body: `${body}` })));
    const worker = await navigator.serviceWorker?.getRegistration();
    tryTo(() => worker?.sync?.register("sheets"));
  }
  tell(form);
}

function slot(form) {
  return `/s/queue/${form.elements._ticket.value}`;
}

function tell(form) {
  const state = form.querySelector("[data-state]");
  state.textContent = state.dataset.offline;
  state.scrollIntoView({ block: "center" });
}

/* Sends this page's sheet if it waits; others of this device are the worker's business. */
async function flush(form) {
  if (!globalThis.caches) return;
  const waiting = await caches.open("sheet-queue");
  const entry = await waiting.match(slot(form));
  if (!entry) return form.querySelector("[data-state]").textContent ? finish(form) : undefined;
  const { url, body } = await entry.json();
  tell(form);
  const answer = await post(url, new URLSearchParams(body));
  if (!answer) return;
  await waiting.delete(slot(form));
  if (answer.type === "opaqueredirect") finish(form);
  else sendPlainly(form, [...new URLSearchParams(body)]);
}

/* Lets the worker keep this page and what it is made of, from what the browser holds already; called when all of it is
   there. */
export async function keepPage() {
  const script = document.body.dataset.worker;
  if (!script || !navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register(script, { scope: "/s/" });
  await new Promise((done) => (document.readyState === "complete" ? done() : addEventListener("load", done)));
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  await hold("sheet-parts", parts.filter((url) => url.includes("/static/")));
  await hold("sheet-pages", [location.href]);
}

async function hold(name, urls) {
  const kept = await caches.open(name);
  for (const url of urls) {
    const answer = await fetch(url, { cache: "force-cache" }).catch(() => null);
    if (answer?.ok) await kept.put(url, answer);
  }
}

/* Storage may be switched off; then the page simply keeps nothing. */
function tryTo(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
