/* Copies an address: the button shows only where the browser lets it. */

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const line = button.parentElement;
  button.addEventListener("click", async () => {
    const said = line.querySelector("[data-copy-said]");
    try {
      await navigator.clipboard.writeText(line.querySelector("[data-copy-text]").textContent.trim());
      said.textContent = button.dataset.copied;
    } catch {
      said.textContent = "";
      getSelection().selectAllChildren(line.querySelector("[data-copy-text]"));
    }
  });
}
