/* The public page of a survey. Everything works without it; it keeps answers on the person's own device until they
   are sent, leads from section to section, hides what is not asked, and sends later what was filled in offline. */

import { keepPage, startKeeping } from "./sheet_keep.js";
import { startSteps } from "./sheet_steps.js";

const form = document.getElementById("sheet");
if (form) {
  const isUntouched = document.activeElement === document.body;
  startKeeping(form);
  if ("relevance" in form.dataset) (await import("./relevance.js")).follow(form);
  startSteps(form);
  keepPage();
  if (isUntouched) document.querySelector("[data-summary]")?.focus();
} else if ("finished" in document.body.dataset) {
  sessionStorage.clear();
  globalThis.caches?.delete("sheet-pages");
}
