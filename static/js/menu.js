/* The navigation of a phone opens and closes in place; the account menu closes by Escape and by a tap elsewhere. */

export function startMenus() {
  const link = document.querySelector("[data-menu]");
  const navigation = document.getElementById("navigation");
  if (link && navigation) startNavigation(link, navigation);
  for (const fold of document.querySelectorAll("details[data-fold]")) startFold(fold);
  for (const details of document.querySelectorAll(".section-map > details")) startMap(details);
}

function startNavigation(link, navigation) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-controls", "navigation");
  link.setAttribute("aria-expanded", "false");
  navigation.dataset.enhanced = "yes";
  const toggle = (event) => {
    event.preventDefault();
    const isOpen = navigation.toggleAttribute("data-open");
    link.setAttribute("aria-expanded", String(isOpen));
  };
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") toggle(event);
  });
}

function startFold(fold) {
  const summary = fold.querySelector("summary");
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    summary.focus();
  });
  document.addEventListener("click", (event) => {
    if (fold.open && !fold.contains(event.target)) fold.open = false;
  });
  fold.addEventListener("focusout", (event) => {
    if (fold.open && event.relatedTarget && !fold.contains(event.relatedTarget)) fold.open = false;
  });
}

/* The map of a long form stands open beside it on a desk; on a phone it folds. */
function startMap(details) {
  const desk = matchMedia("(min-width: 64rem)");
  const follow = () => {
    details.open = desk.matches;
  };
  desk.addEventListener("change", follow);
  follow();
  const map = details.parentElement;
  const current = map.querySelector("[aria-current]");
  if (current) map.scrollTop = current.offsetTop - map.clientHeight / 2;
}
