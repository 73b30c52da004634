import type { WireEvent, WireList, WireNews, WireReport } from '../../../domain/boxoffice/door-wire.ts';
import type { DoorStore } from './door-store.ts';

/** How the line to the server stands. `signed out`: it answers, and does not know us any more. */
export type Line = 'online' | 'offline' | 'signed out';

export type DoorLine = {
  /** Fetches the list where it changed. @returns null where nothing new came */
  list(knownTag: string): Promise<{ readonly list: WireList; readonly tag: string } | null>;
  /** Tells what waits, and asks for what is not known; null: nobody answered. One at a time. */
  tell(device: string, patienceMs: number): Promise<WireNews | null>;
  readonly state: () => Line;
};

const eventsAtOnce = 200;

/** The way between this device and the server, over whatever network there is at the moment. */
export function openDoorLine(
  here: string,
  store: DoorStore,
  learn: (news: WireNews) => Promise<void>,
): DoorLine {
  let state: Line = navigator.onLine ? 'online' : 'offline';
  let since = 0;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (path: string, request: RequestInit, patienceMs: number): Promise<Response | null> => {
    try {
      const answer = await fetch(here + path, { ...request, signal: AbortSignal.timeout(patienceMs) });
      const isOurs = !answer.redirected && (answer.ok || answer.status === 304);
      // Who was signed out is led to a page, who lost the role is told that there is none.
      if (answer.redirected || answer.status === 404) state = 'signed out';
      else state = answer.status < 500 ? 'online' : 'offline';
      return isOurs ? answer : null;
    } catch {
      state = 'offline';
      return null;
    }
  };

  const tellOnce = async (device: string, patienceMs: number): Promise<WireNews | null> => {
    const facts = await store.facts();
    since = facts?.since ?? since;
    const waiting = (await store.waiting()).slice(0, eventsAtOnce);
    const events: WireEvent[] = waiting.map(([, event]) => event);
    const report: WireReport = { device, since, events };
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(report) };
    const answer = await ask('/scans', request, patienceMs);
    if (answer === null) return null;
    const news = (await answer.json().catch(() => null)) as WireNews | null;
    if (news === null) return null;
    await store.keepScans(news.scans);
    await store.told(waiting.map(([number]) => number));
    await store.keepFacts({ device, since: news.since });
    await learn(news);
    return news;
  };

  return {
    async list(knownTag) {
      const headers = knownTag === '' ? {} : { 'if-none-match': knownTag };
      const answer = await ask('/list', { headers, cache: 'no-store' }, 30_000);
      if (answer === null || answer.status === 304) return null;
      const list = (await answer.json().catch(() => null)) as WireList | null;
      return list && { list, tag: answer.headers.get('etag') ?? '' };
    },
    tell(device, patienceMs) {
      const telling = last.then(() => tellOnce(device, patienceMs));
      last = telling.catch(() => {});
      return telling;
    },
    state: () => state,
  };
}
