// What a ticket's QR code says. Read by the server and by the door's devices alike: nothing here is Node's own.

/** Which film, which screening, which ticket, and how often it was handed on. Nothing about anybody. */
export type TicketMark = {
  /** `markOf` the film's id and the screening's. */
  readonly film: string;
  readonly screening: string;
  readonly ticketId: string;
  readonly generation: number;
};

/** A mark as it was read, with what stands under it. Not yet believed. */
export type ReadMark = {
  readonly mark: TicketMark;
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
};

const version = 1;
const signedBytes = 30;
const signatureBytes = 64;
const bytesInAll = signedBytes + signatureBytes;
/** 94 bytes at five bits a character: a QR code of 41 modules at level M, in its alphabet of capitals. */
const charactersInAll = Math.ceil((bytesInAll * 8) / 5);

/** What stands for a film or a screening in a mark: the random end of its id. */
export function markOf(id: string): string {
  return id.slice(-12);
}

/** The bytes that are signed. @throws {RangeError} for a generation beyond one byte */
export function markBytes({ film, screening, ticketId, generation }: TicketMark): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(generation) || generation < 1 || generation > 255)
    throw new RangeError('a generation has one byte');
  const hex = `${film}${screening}${ticketId.replaceAll('-', '')}`;
  const bytes = new Uint8Array(signedBytes);
  bytes[0] = version;
  for (let at = 0; at < 28; at += 1) bytes[at + 1] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  bytes[29] = generation;
  return bytes;
}

/** A mark and its signature as the text of a QR code. */
export function writeMark(signed: Uint8Array, signature: Uint8Array): string {
  const bytes = new Uint8Array(bytesInAll);
  bytes.set(signed);
  bytes.set(signature, signedBytes);
  return toBase32(bytes);
}

/** What a scanner read, or null where it is no ticket of ours. Never throws; whether to believe it is `isSigned`. */
export function readMark(text: string): ReadMark | null {
  const bytes = text.length > 400 ? null : fromBase32(text.trim().toUpperCase());
  if (bytes === null || bytes[0] !== version) return null;
  const signed = bytes.slice(0, signedBytes);
  const hex = [...signed.slice(1, 29)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const generation = signed[29] ?? 0;
  if (generation === 0) return null;
  const id = hex.slice(24);
  return {
    mark: {
      film: hex.slice(0, 12),
      screening: hex.slice(12, 24),
      ticketId: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
      generation,
    },
    signed,
    signature: bytes.slice(signedBytes),
  };
}

/** A film's public key, as `isSigned` wants it. @throws where the browser knows no Ed25519 */
export async function importTicketKey(publicKey: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
}

/** Whether a mark was signed by a film's key. */
export async function isSigned(key: CryptoKey, { signed, signature }: ReadMark): Promise<boolean> {
  return await crypto.subtle.verify('Ed25519', key, signature, signed);
}

// Crockford's base 32, as in codes that people read: all of it in a QR code's alphabet of capitals.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let [bits, value] = [0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(value << (5 - bits)) & 31];
}

/** One text for one mark: neither look-alikes nor stray bits at the end are taken. */
function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length !== charactersInAll) return null;
  const bytes = new Uint8Array(bytesInAll);
  let [bits, value, at] = [0, 0, 0];
  for (const character of text) {
    const five = alphabet.indexOf(character);
    if (five < 0) return null;
    value = (value << 5) | five;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (value >>> bits) & 255;
      at += 1;
    }
    value &= (1 << bits) - 1;
  }
  return value === 0 ? bytes : null;
}
