import { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../log.ts';
import { pagesChannel } from './drop-pages.ts';
import type { PageTag } from './index.ts';

const reconnectMs = 500;
const soundCheckMs = 10_000;
const soundCheckWaitMs = 5_000;

/** Shorter waits, for tests. */
export type EarLimits = { readonly soundCheckMs?: number; readonly soundCheckWaitMs?: number };

/** Hears what other processes change. */
export type Ear = { hears(): boolean; close(): Promise<void> };

/**
 * Listens for what other processes change, again after each broken connection. Whenever it begins to hear, everything
 * is dropped: news may have been missed.
 */
export async function openEar(
  connection: pg.ClientConfig,
  log: Log,
  drop: (filmId: string | null, tag: PageTag | null) => void,
  limits: EarLimits,
): Promise<Ear> {
  let line: pg.Client | null = null;
  let isClosed = false;
  const listen = async (): Promise<void> => {
    const next = await openLine(connection, drop, limits, (ended) => {
      if (line !== ended) return;
      line = null;
      again();
    });
    if (isClosed) return await next.end();
    line = next;
    drop(null, null);
  };
  const again = () => {
    if (isClosed) return;
    const retry = setTimeout(() => {
      if (isClosed) return;
      listen().catch((error: unknown) => {
        log.warn({ error }, 'the page cache cannot hear the database yet');
        again();
      });
    }, reconnectMs);
    retry.unref();
  };
  await listen();
  return {
    hears: () => line !== null,
    async close() {
      isClosed = true;
      await line?.end();
    },
  };
}

/** One connection that listens, and that is cut when it has gone silent. */
async function openLine(
  connection: pg.ClientConfig,
  drop: (filmId: string | null, tag: PageTag | null) => void,
  limits: EarLimits,
  onEnd: (line: pg.Client) => void,
): Promise<pg.Client> {
  const socket = new Socket();
  const line = new pg.Client({
    ...connection,
    application_name: 'houselights pages',
    keepAlive: true,
    connectionTimeoutMillis: soundCheckWaitMs,
    query_timeout: limits.soundCheckWaitMs ?? soundCheckWaitMs,
    stream: () => socket,
  });
  line.on('notification', ({ payload = '' }) => {
    const [filmId = null, tag = null] = payload.split(' ');
    drop(filmId, tag === 'film' || tag === 'screenings' || tag === 'fund' ? tag : null);
  });
  line.on('error', () => {});
  // A line that a firewall forgot stays silent for ever: whoever only listens must ask now and then.
  let isAsking = true;
  const check = setInterval(() => {
    if (isAsking) return;
    isAsking = true;
    line.query('select 1').then(
      () => {
        isAsking = false;
      },
      () => socket.destroy(),
    );
  }, limits.soundCheckMs ?? soundCheckMs);
  check.unref();
  line.on('end', () => {
    clearInterval(check);
    onEnd(line);
  });
  try {
    await line.connect();
    await line.query(`listen ${pagesChannel}`);
    isAsking = false;
    return line;
  } catch (error) {
    clearInterval(check);
    socket.destroy();
    throw error;
  }
}
