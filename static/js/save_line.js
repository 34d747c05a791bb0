/* The quiet line that says whether the draft is saved; its words are data attributes of components/draft.html. */

const PATIENCE = 1000;

export class SaveLine {
  constructor(form) {
    this.line = form.querySelector("[data-save-state]") ?? document.querySelector("[data-save-state]");
  }

  say(words, tone = "") {
    clearTimeout(this.timer);
    if (!this.line) return;
    this.line.querySelector("[data-save-text]").textContent = words;
    this.line.dataset.tone = tone;
    this.line.querySelector("[data-sign-in]").hidden = tone !== "expired";
  }

  /* Only a saving that takes long is worth a word; else a screen reader would speak at every pause. */
  saving() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(this.line?.dataset.saving), PATIENCE);
  }

  saved(moment) {
    this.say(this.line?.dataset.saved.replace("{time}", moment));
  }

  failed(isExpired) {
    if (isExpired) this.say(this.line?.dataset.expired, "expired");
    else this.say(this.line?.dataset.offline, "late");
  }

  refused() {
    this.say(this.line?.dataset.refused, "late");
  }

  conflicting() {
    this.say(this.line?.dataset.conflict, "late");
  }
}
