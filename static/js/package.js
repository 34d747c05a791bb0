/* How far a package is, asked again every two seconds; when it is ready the page is opened anew. */

const EVERY_MILLISECONDS = 2000;

export function startPackages() {
  for (const line of document.querySelectorAll("[data-package-url]")) setTimeout(() => ask(line), EVERY_MILLISECONDS);
}

async function ask(line) {
  try {
    const answer = await fetch(line.dataset.packageUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const told = await answer.json();
    if (!told.going_on) return location.reload();
    line.querySelector("progress").value = told.done;
    const words = line.querySelector("[data-package-words]");
    if (words.textContent !== told.words) words.textContent = told.words;
  } catch {
    // The network is away for a moment: ask again.
  }
  setTimeout(() => ask(line), EVERY_MILLISECONDS);
}
