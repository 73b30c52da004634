const kept = 'houselights-door';

/**
 * Keeps the app's page and files on the device, so that it opens without a network. Where the browser has no service
 * worker the app works as long as its page stays open.
 */
export async function keepForLater(worker: string, scope: string, decoder: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope }).catch(() => null);
  const files = [
    ...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>('link[rel=stylesheet], script[src]'),
  ]
    .map((element) => ('href' in element ? element.href : element.src))
    .concat(decoder, imports());
  const page = location.origin + location.pathname;
  const cache = await caches.open(kept);
  await Promise.all([...new Set([page, ...files])].map((file) => cache.add(file).catch(() => {})));
}

/** What the app's script loaded beside itself. */
function imports(): string[] {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => new URL(name).pathname.startsWith('/assets/'));
}

/** Leaves none of it on the device. */
export async function forgetFiles(): Promise<void> {
  await caches.delete(kept);
}
