// The door's service worker: answers for the app's page and files when no network does. It keeps nothing that names
// anybody; the list stands in the page's own database.

type Answering = Event & { readonly request: Request; respondWith(answer: Promise<Response>): void };
type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
declare const self: typeof globalThis & {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
};

const kept = 'houselights-door';
/** A foyer's network may be there and say nothing. */
const patienceMs = 3_000;

self.addEventListener('install', (event) => (event as Waiting).waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => (event as Waiting).waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event as Answering;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  // Named by their content: what is kept is what is asked for.
  if (pathname.startsWith('/assets/')) (event as Answering).respondWith(firstKept(request));
  else if (request.mode === 'navigate') (event as Answering).respondWith(firstAsked(request));
});

async function firstKept(request: Request): Promise<Response> {
  const found = await caches.match(request.url);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(kept)).put(request.url, answer.clone());
  return answer;
}

/** The page as it is now; as it was, where nobody answers. The page itself says how old its list is. */
async function firstAsked(request: Request): Promise<Response> {
  const page = new URL(request.url);
  page.search = '';
  const before = await caches.match(page.href);
  try {
    const signal = before === undefined ? undefined : AbortSignal.timeout(patienceMs);
    const answer = await fetch(request, signal === undefined ? {} : { signal });
    if (answer.ok && before !== undefined) await (await caches.open(kept)).put(page.href, answer.clone());
    return answer;
  } catch (error) {
    if (before !== undefined) return before;
    throw error;
  }
}
