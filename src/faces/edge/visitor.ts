import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Config } from '../../platform/config.ts';

/** What the node server hands along with a request; absent in tests that call the app directly. */
export type NodeEnv = { Bindings: { incoming?: IncomingMessage } };

/**
 * The address that a request came from. Of X-Forwarded-For only the entries that our own proxies added are
 * believed: the last `proxies` of them; anything before is the visitor's to invent.
 */
export function addressOf(incoming: IncomingMessage | undefined, config: Config): string {
  const peer = incoming?.socket?.remoteAddress ?? '127.0.0.1';
  if (config.proxies === 0) return unmapped(peer);
  const forwarded = [incoming?.headers['x-forwarded-for']].flat().join(',').split(',');
  const entry = forwarded
    .map((part) => part.trim())
    .filter(Boolean)
    .at(-config.proxies);
  // Some proxies add the port: 192.0.2.1:4711, [2001:db8::1]:4711.
  const address = entry?.replace(/^(?:([\d.]+)|\[([\da-fA-F:.]+)\])(?::\d+)?$/, '$1$2') ?? '';
  return unmapped(isIP(address) === 0 ? peer : address);
}

/** ::ffff:192.0.2.1 is 192.0.2.1 (RFC 4291, 2.5.5.2). */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** The host that the visitor typed, lower case; a proxy of ours may say it. */
export function hostOf(request: Pick<Request, 'headers'>, config: Config): string {
  const named = (name: string): string | undefined => request.headers.get(name) ?? undefined;
  return hostNamed(named('host'), named('x-forwarded-host'), config);
}

/** The same of a request as node:http has it, before any routing. */
export function hostOfIncoming({ headers }: IncomingMessage, config: Config): string {
  const forwarded = headers['x-forwarded-host'];
  return hostNamed(headers.host, Array.isArray(forwarded) ? forwarded.join() : forwarded, config);
}

// A name or an address, and a port. A proxy hands on what a visitor claims, and pages are kept by host and path.
const hostShape = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/** The same of the two headers as they came; empty where that is no host. */
export function hostNamed(host: string | undefined, forwarded: string | undefined, config: Config): string {
  const said = config.proxies > 0 ? (forwarded ?? host) : host;
  const name = (said ?? '').split(',')[0]?.trim().toLowerCase() ?? '';
  return hostShape.test(name) ? name : '';
}
