import { createHmac } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { installationSecret } from '../../platform/auth/installation-secret.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import { sameText } from '../../platform/secrets.ts';

/** The installation's keys for forms, one per use, so that none can stand in for another. */
export type FormKeys = {
  readonly stamp: string;
  readonly proof: string;
  readonly proofKey: string;
  readonly network: string;
  readonly link: string;
};

/** Reads the keys at the first ask and keeps them, so that forms are shown while the database is away. */
export function openFormKeys(db: Db, clock: Clock): () => Promise<FormKeys> {
  let kept: FormKeys | null = null;
  return async () => {
    kept ??= keysOf(await installationSecret(db, 'forms', clock()));
    return kept;
  };
}

/** The keys of one secret. */
export function keysOf(secret: string): FormKeys {
  const key = (use: string): string => createHmac('sha256', secret).update(use).digest('base64url');
  return {
    stamp: key('stamp'),
    proof: key('proof'),
    proofKey: key('proof key'),
    network: key('network'),
    link: key('link'),
  };
}

/** A secret for a link, 128 bits, that can be made again for the same row and for no other. */
export function linkSecret({ link }: FormKeys, use: 'opt-in' | 'stop', ...ids: readonly string[]): string {
  return mac(link, [use, ...ids].join(' '));
}

function mac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest().subarray(0, 16).toString('base64url');
}

/** When a form was shown, signed, as a hidden field carries it. */
export function makeStamp({ stamp }: FormKeys, filmId: string, form: string, now: Temporal.Instant): string {
  const at = now.epochMilliseconds.toString(36);
  return `${at}.${mac(stamp, `${filmId} ${form} ${at}`)}`;
}

/** When the form that carries this stamp was shown; null where we did not make it for this form. */
export function readStamp(
  { stamp }: FormKeys,
  filmId: string,
  form: string,
  sent: string,
): Temporal.Instant | null {
  const [at = '', signature = ''] = sent.split('.', 2);
  if (!/^[0-9a-z]{1,10}$/.test(at)) return null;
  if (!sameText(signature, mac(stamp, `${filmId} ${form} ${at}`))) return null;
  return Temporal.Instant.fromEpochMilliseconds(Number.parseInt(at, 36));
}

/** The place that a request came from, as a hash that nobody can compare with another day's. */
export function networkHash({ network }: FormKeys, place: string, now: Temporal.Instant): Buffer {
  const day = now.toString().slice(0, 10);
  return createHmac('sha256', network).update(`${day} ${place}`).digest().subarray(0, 16);
}

/** What neighbours share: the /24 of an IPv4 address, the /48 of an IPv6 one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail === undefined) return `${groups.slice(0, 3).join(':')}::/48`;
  const rest = tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 3).join(':')}::/48`;
}
