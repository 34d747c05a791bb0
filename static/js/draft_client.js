/* Speaks with the server about a draft: sends fields, tells apart a lost line, an ended session and a refusal. */

import { controlsOf, readField } from "./form_values.js";

export const SAVED = "saved";
export const OFFLINE = "offline";
export const EXPIRED = "expired";
export const REFUSED = "refused";

export async function sendFields(form, names, options) {
  try {
    const response = await fetch(form.dataset.draftUrl, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body(form, names)),
      ...options,
    });
    return await understand(response); // a line that breaks while the answer comes is a broken line too
  } catch {
    return { kind: OFFLINE };
  }
}

async function understand(response) {
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  if (response.status === 401 || response.redirected || (response.status === 400 && !isJson)) return { kind: EXPIRED };
  if (response.status >= 500 || response.status === 429) return { kind: OFFLINE };
  if (!isJson || (!response.ok && response.status !== 409)) return { kind: REFUSED };
  const answer = await response.json();
  return { kind: SAVED, saved_at: answer.saved_at ?? "", fields: answer.fields ?? {}, conflicts: answer.conflicts ?? {} };
}

function body(form, names) {
  const fields = {};
  for (const name of names) {
    const controls = controlsOf(form, name);
    if (controls.length > 0) fields[name] = { value: readField(form, name), base: baseOf(form, controls[0]) };
  }
  return { token: hidden(form, "form_token"), tab: hidden(form, "draft_tab") || tabName(), fields };
}

function baseOf(form, control) {
  return Math.max(Number(control.dataset.revision) || 0, Number(hidden(form, "draft_revision")) || 0);
}

function hidden(form, name) {
  return form.querySelector(`input[type=hidden][name="${name}"]`)?.value ?? "";
}

function tabName() {
  const known = sessionStorage.getItem("tab") ?? crypto.randomUUID();
  sessionStorage.setItem("tab", known);
  return known;
}

function token() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

/* After signing in again elsewhere the page's token is stale: fetch the page anew, take its token into every form. */
export async function renewToken() {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("meta[name=csrf-token]")?.content;
    if (!fresh || fresh === token()) return false;
    document.querySelector("meta[name=csrf-token]").content = fresh;
    for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = fresh;
    return true;
  } catch {
    return false;
  }
}
