import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { v7 } from 'uuid';

// Crockford's base 32: no I, L, O, U, so that a code survives being read out. https://www.crockford.com/base32.html
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// Asking the system for a few bytes costs as much as asking for thousands, and a rush asks for each order.
let pool = Buffer.alloc(0);

/** Random bytes fit for secrets; each byte is given once. */
function randomOf(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(Math.max(bytes, 4_096));
  const some = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return some;
}

// Of the last id: its millisecond, and how it counts within that.
let lastMs = 0;
let sequence = 0;

/** A UUIDv7, made by us so that rows sort by when they came (RFC 9562, 6.2: within a millisecond by a counter). */
export function newId(): string {
  const random = randomOf(16);
  const now = Date.now();
  // From a random start of 31 bits the counter's 32 last for two thousand million ids.
  sequence = now > lastMs ? random.readUInt32BE(6) >>> 1 : sequence + 1;
  lastMs = Math.max(lastMs, now);
  return v7({ random, msecs: lastMs, seq: sequence });
}

/** A short code that people read and type, 5 bits a character, from a source fit for secrets. */
export function newCode(characters: number): string {
  let code = '';
  for (const byte of randomOf(characters)) code += alphabet[byte & 31];
  return code;
}

/** A secret for a link: 128 random bits as 22 characters that survive a URL. Keep only `hashSecret` of it. */
export function newSecret(): string {
  return randomBytes(16).toString('base64url');
}

/** What is kept of a secret. A plain hash is enough: 128 random bits cannot be guessed back. */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(hashSecret(one), hashSecret(other));
}
