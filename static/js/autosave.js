/* Saves a form field by field while it is filled in (forms with data-draft-url). What could not be saved is kept in
   memory and tried again; nothing is written into the browser. The words come from components/draft.html. */

import { chooseVersions } from "./conflict.js";
import { EXPIRED, OFFLINE, REFUSED, renewToken, sendFields } from "./draft_client.js";
import { isKept } from "./form_values.js";
import { SaveLine } from "./save_line.js";

const PAUSE = 800;
const LONGEST_WAIT = 60000;

export function startAutosave() {
  for (const form of document.querySelectorAll("form[data-draft-url]")) new Autosave(form);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = new SaveLine(form);
    this.changed = new Set();
    this.failures = 0;
    this.isLeaving = false;
    this.isDeciding = false;
    this.request = null;
    form.addEventListener("input", (event) => this.note(event.target, PAUSE));
    form.addEventListener("change", (event) => this.note(event.target, 0));
    form.addEventListener("submit", (event) => this.leave(event));
    window.addEventListener("pagehide", () => this.flush());
    window.addEventListener("pageshow", () => { this.isLeaving = false; });
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => this.warn(event));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.resume()));
  }

  note(control, pause) {
    if (!isKept(control)) return;
    this.changed.add(control.name);
    this.wait(pause);
  }

  wait(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.request || this.isDeciding || this.isLeaving || this.changed.size === 0) return;
    const names = [...this.changed];
    this.changed.clear();
    this.request = new AbortController();
    this.line.saving();
    let answer = await sendFields(this.form, names, { signal: this.request.signal });
    if (answer.kind === EXPIRED && (await renewToken())) {
      answer = await sendFields(this.form, names, { signal: this.request.signal });
    }
    this.request = null;
    if (!this.isLeaving) await this.settle(names, answer);
  }

  async settle(names, answer) {
    if (answer.kind === EXPIRED || answer.kind === OFFLINE) {
      names.forEach((name) => this.changed.add(name));
      this.line.failed(answer.kind === EXPIRED);
      this.failures += 1;
      if (answer.kind === OFFLINE) this.wait(Math.min(1000 * 2 ** this.failures, LONGEST_WAIT));
      return;
    }
    this.failures = 0;
    if (answer.kind === REFUSED) {
      this.line.refused();
      return;
    }
    this.learn(answer.fields);
    if (Object.keys(answer.conflicts).length > 0) {
      this.line.conflicting();
      await this.decide(answer.conflicts);
    }
    if (this.changed.size > 0) this.wait(0);
    else this.line.saved(answer.saved_at);
  }

  /* The dialog takes the focus, so the field it is about reports a change: nothing is sent until all is decided. */
  async decide(conflicts) {
    this.isDeciding = true;
    const mine = await chooseVersions(this.form, conflicts);
    this.isDeciding = false;
    Object.keys(conflicts).forEach((name) => this.changed.delete(name));
    mine.forEach((name) => this.changed.add(name));
  }

  learn(fields) {
    for (const [name, { revision }] of Object.entries(fields)) {
      for (const control of this.form.elements) {
        if (control.name === name) control.dataset.revision = revision;
      }
    }
  }

  leave(event) {
    if (event.defaultPrevented) return;
    this.isLeaving = true;
    clearTimeout(this.timer);
    this.request?.abort();
  }

  flush() {
    if (this.isLeaving || this.isDeciding || this.changed.size === 0) return;
    const names = [...this.changed];
    if (document.hidden) this.changed.clear();
    sendFields(this.form, names, { keepalive: true }).then((answer) => this.settle(names, answer));
  }

  resume() {
    if (this.changed.size > 0) this.save();
  }

  warn(event) {
    if (!this.isLeaving && this.failures > 0 && this.changed.size > 0) event.preventDefault();
  }
}
