/* A form is sent once: further presses are ignored until the page is left, or comes back from the history.
   A form whose answer is a file to keep (the page stays) carries data-repeatable. */

export function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "repeatable" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After the browser has read the pressed button's name and value; aria-disabled keeps it part of the form.
    setTimeout(() => mark(form, true));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) release();
  });
}

function mark(form, isSent) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    if (isSent) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    mark(form, false);
  }
}
