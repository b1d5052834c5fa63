// Keeps the page for when there is no network. scripts/web/build.sh writes the two constants. What the network gives comes
// first, so that a page is never older than its host's; without one, all files come from one and the same version.
const version = "VERSION";
const files = ["FILES"];
const cache_name = `convloom ${self.registration.scope} ${version}`;

self.addEventListener("install", (event) => {
    event.waitUntil((async () => {
        const cache = await caches.open(cache_name);
        await cache.addAll(files.map((file) => new Request(file, {cache: "no-cache"})));
        await self.skipWaiting();
    })());
});

self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
        const ours = `convloom ${self.registration.scope} `;
        for (const name of await caches.keys())
            if (name.startsWith(ours) && name !== cache_name) await caches.delete(name);
        await self.clients.claim();
    })());
});

async function answer(request) {
    try {
        return await fetch(request, {cache: "no-cache"});
    } catch (fault) {
        const cache = await caches.open(cache_name);
        const kept = await cache.match(request, {ignoreSearch: true});
        if (!kept) throw fault;
        return kept;
    }
}

self.addEventListener("fetch", (event) => {
    const {method, url} = event.request;
    if (method === "GET" && url.startsWith(self.registration.scope)) event.respondWith(answer(event.request));
});
