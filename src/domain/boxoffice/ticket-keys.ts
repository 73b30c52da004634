import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { markBytes, markOf, writeMark } from './ticket-mark.ts';
import './tables.ts';

/** What signs a film's tickets. Holds no private key that could be read out of it. */
export type TicketSigner = {
  /** 32 bytes, for whoever checks tickets without asking us. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The text of a ticket's QR code: the same for the same ticket, so that none is kept. */
  sign(ticket: { readonly id: string; readonly screeningId: string; readonly generation: number }): string;
};

/** What signs a film's tickets; its pair of keys is made when it is first asked for. */
export async function ticketSigner(tx: Tx, filmId: string, now: Temporal.Instant): Promise<TicketSigner> {
  const kept = (await keyOf(tx, filmId)) ?? (await makeKey(tx, filmId, now));
  const key: KeyObject = createPrivateKey({ key: kept.privateKey, format: 'der', type: 'pkcs8' });
  return {
    publicKey: new Uint8Array(kept.publicKey),
    sign: ({ id, screeningId, generation }) => {
      const mark = { film: markOf(filmId), screening: markOf(screeningId), ticketId: id, generation };
      const bytes = markBytes(mark);
      return writeMark(bytes, sign(null, bytes, key));
    },
  };
}

async function keyOf(tx: Tx, filmId: string) {
  return await tx
    .selectFrom('ticketKey')
    .select(['publicKey', 'privateKey'])
    .where('filmId', '=', filmId)
    .executeTakeFirst();
}

/** Of two who make it at once, the second takes the first one's: it waits at the insert and reads after it. */
async function makeKey(tx: Tx, filmId: string, now: Temporal.Instant) {
  const pair = generateKeyPairSync('ed25519');
  const jwk = pair.publicKey.export({ format: 'jwk' });
  await tx
    .insertInto('ticketKey')
    .values({
      filmId,
      publicKey: Buffer.from(jwk.x ?? '', 'base64url'),
      privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
      madeAt: now,
    })
    .onConflict((conflict) => conflict.column('filmId').doNothing())
    .execute();
  const kept = await keyOf(tx, filmId);
  if (!kept) throw new Error('a film’s key was made and is not there');
  return kept;
}
