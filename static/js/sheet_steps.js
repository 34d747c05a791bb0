/* Consent first, then all questions or one section after the other, with the progress in words. */

export function startSteps(form) {
  const consent = form.querySelector("[data-consent]");
  const box = form.elements._consent;
  const start = form.querySelector("[data-start]");
  const progress = form.querySelector("[data-progress]");
  const sections = [...form.querySelectorAll("[data-section]")];
  const send = form.querySelector(".send");
  const back = form.querySelector("[data-back]");
  const next = form.querySelector("[data-next]");
  const isStepped = "sectioned" in form.dataset && !document.querySelector("[data-summary]");
  let at = box.checked || document.querySelector("[data-summary]") ? 0 : -1;

  const asked = () => sections.filter((section) => !section.hidden && section.querySelector("[data-question]:not([hidden])"));

  function show() {
    const steps = asked();
    at = Math.min(at, steps.length - 1);
    const isBegun = at >= 0;
    const isLast = !isStepped || at === steps.length - 1;
    consent.classList.toggle("away", isBegun && isStepped);
    start.hidden = isBegun;
    for (const section of sections) section.classList.toggle("away", !isBegun || (isStepped && section !== steps[at]));
    send?.classList.toggle("away", !isBegun || !isLast);
    back.hidden = !isStepped || at < 1;
    next.hidden = !isBegun || isLast;
    progress.hidden = !isBegun;
    if (isBegun) say(steps);
  }

  function say(steps) {
    const questions = [...form.querySelectorAll("[data-question]:not(p, [hidden])")];
    const given = questions.filter(isGiven).length;
    const words = isStepped ? progress.dataset.sections : progress.dataset.progress;
    progress.textContent = isStepped
      ? words.replace("{at}", at + 1).replace("{all}", steps.length)
      : words.replace("{at}", given).replace("{all}", questions.length);
  }

  function go(step) {
    at = step;
    show();
    const heading = isStepped ? asked()[at]?.querySelector("h2, legend, label") : sections[0];
    (heading ?? form).scrollIntoView({ block: "start" });
  }

  start.addEventListener("click", () => {
    if (box.checked) go(0);
    else box.focus();
    consent.querySelector("[data-tick]").hidden = box.checked;
  });
  back.addEventListener("click", () => go(at - 1));
  next.addEventListener("click", () => go(at + 1));
  form.addEventListener("change", show);
  show();
}

function isGiven(question) {
  return [...question.querySelectorAll("input, textarea")].some((control) =>
    control.type === "radio" || control.type === "checkbox" ? control.checked : control.value.trim());
}
