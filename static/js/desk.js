/* The narrative desk: its forms are answered in place, so that text, preview and units' texts stay where they were.
   Whatever goes wrong, the form is sent the plain way. */

import { startAutosave } from "./autosave.js";

const DESK = "[data-desk]";
const FRAME = "#main > .frame";

export function startDesk() {
  if (!document.querySelector(DESK)) return;
  document.querySelector("#main").addEventListener("submit", (event) => answer(event));
  window.addEventListener("popstate", () => location.reload());
}

async function answer(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || !form.closest(DESK) || form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const button = event.submitter;
  const side = form.closest("section[id]")?.id;
  const page = await send(form, button);
  if (page) show(page, side);
  else sendPlainly(form, button);
}

async function send(form, button) {
  try {
    const response = await fetch(form.action, {
      method: "POST", credentials: "same-origin", body: new FormData(form, button), headers: { Accept: "text/html" },
    });
    const isPage = response.headers.get("Content-Type")?.includes("text/html");
    if (!isPage || response.status >= 500) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!page.querySelector(DESK)) return null;
    history.pushState(null, "", response.url);
    return page;
  } catch {
    return null;
  }
}

function show(page, side) {
  const focused = document.activeElement?.id;
  const top = window.scrollY;
  document.querySelector(FRAME).replaceWith(document.adoptNode(page.querySelector(FRAME)));
  document.title = page.title;
  startAutosave();
  const summary = document.querySelector(".error-summary, .conflict");
  const target = summary ?? document.getElementById(focused || side) ?? document.getElementById(side);
  if (summary) summary.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: !summary });
  if (!summary) window.scrollTo({ top });
}

function sendPlainly(form, button) {
  delete form.dataset.sending;
  form.dataset.plain = "yes";
  form.requestSubmit(button ?? undefined);
}
