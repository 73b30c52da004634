import { setTimeout as pause } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import type { S3Place } from '../config.ts';
import { Refusal } from '../refusal.ts';

export type S3Request = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** null: the bucket itself. */
  readonly key: string | null;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A buffer or a file of the disk: both can be sent again when the first try breaks. */
  readonly body?: Blob;
};

/** How long and how often a store is asked before it counts as down. */
export type S3Patience = {
  readonly tries: number;
  readonly firstPauseMs: number;
  /** Until the answer's head; a body that is sent adds a second for each megabyte. */
  readonly timeoutMs: number;
};

export const patience: S3Patience = { tries: 4, firstPauseMs: 200, timeoutMs: 30_000 };

/**
 * Asks the store, again after a 5xx, a 429 or a broken connection: every request here may be repeated.
 * @throws Refusal `storage_down` when no try was answered, `storage_full` on 507
 */
export function s3Requests(
  place: S3Place,
  { tries, firstPauseMs, timeoutMs }: S3Patience,
): (request: S3Request) => Promise<Response> {
  const { accessKeyId, secretAccessKey, region } = place;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  const once = async (request: S3Request): Promise<Response> => {
    const url = new URL(`${place.endpoint}/${place.bucket}${request.key === null ? '' : `/${request.key}`}`);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const { method, body } = request;
    const signed = await client.sign(url, {
      method,
      headers: { ...request.headers },
      ...(body === undefined ? {} : { body }),
    });
    const patienceMs = timeoutMs + (body?.size ?? 0) / 1_000;
    return await fetchWithin(signed, patienceMs);
  };
  return async (request) => {
    for (let done = 1; ; done += 1) {
      const response = await once(request).catch(unanswered);
      const busy = response === null || response.status === 429 || response.status >= 500;
      if (response?.status === 507) throw new Refusal('storage_full');
      if (!busy) return response;
      await response?.body?.cancel();
      if (done >= tries) throw new Refusal('storage_down', { status: response?.status ?? 0 });
      await pause(firstPauseMs * 2 ** (done - 1) * (0.5 + Math.random()));
    }
  };
}

/** Limits the wait for the answer's head only: a long film may take its time to arrive. */
async function fetchWithin(request: Request, timeoutMs: number): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  try {
    return await fetch(request, { signal: stop.signal, redirect: 'error' });
  } finally {
    clearTimeout(timer);
  }
}

// fetch throws a TypeError when the connection breaks, an AbortError when our patience ends; all else is a bug.
function unanswered(error: unknown): null {
  if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError'))
    return null;
  throw error;
}
