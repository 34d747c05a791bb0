/* A table that fits needs no stop of the Tab key; one that scrolls keeps it. */

export function startRegions() {
  if (typeof ResizeObserver === "undefined") return;
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) update(target);
  });
  for (const region of document.querySelectorAll(".table-region")) observer.observe(region);
}

function update(region) {
  const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
  if (scrolls) region.tabIndex = 0;
  else region.removeAttribute("tabindex");
}
