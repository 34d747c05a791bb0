/* Serves the public page and its parts when there is no network, and sends what waits when there is one again. */

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(fetch(event.request).catch(() => kept(event.request)));
});

addEventListener("sync", (event) => {
  if (event.tag === "sheets") event.waitUntil(sendWaiting());
});

async function kept(request) {
  return (await caches.match(request)) ?? Response.error();
}

/* A sheet that the portal does not take stays for its page, which shows why. */
async function sendWaiting() {
  const waiting = await caches.open("sheet-queue");
  for (const slot of await waiting.keys()) {
    const { url, body } = await (await waiting.match(slot)).json();
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
    if (answer.type === "opaqueredirect") await waiting.delete(slot);
  }
}
