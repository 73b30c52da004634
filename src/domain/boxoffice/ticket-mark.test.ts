import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFilm } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { createFilm } from '../film/index.ts';
import { importTicketKey, isSigned, markBytes, markOf, readMark, ticketSigner, writeMark } from './index.ts';
import { now, openBoxOffice } from './test-ground.ts';

const house = await openBoxOffice();
const signer = await house.within((tx) => ticketSigner(tx, house.filmId, now));
const key = await importTicketKey(signer.publicKey);
const ticket = { id: newId(), screeningId: newId(), generation: 1 };

async function isBelieved(text: string): Promise<boolean> {
  const read = readMark(text);
  return read !== null && (await isSigned(key, read));
}

describe('the QR code of a ticket', () => {
  it('is read back as what was signed, in a QR code’s alphabet of capitals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uuid({ version: 7 }),
        fc.uuid({ version: 7 }),
        fc.integer({ min: 1, max: 255 }),
        async (id, screeningId, generation) => {
          const text = signer.sign({ id, screeningId, generation });
          expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{151}$/);
          const film = markOf(house.filmId);
          expect(readMark(text)?.mark).toEqual({
            ...{ film, screening: markOf(screeningId), ticketId: id, generation },
          });
          expect(await isBelieved(text)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the same whenever it is asked for, from whichever process', async () => {
    const again = await house.within((tx) => ticketSigner(tx, house.filmId, now));
    expect(again.sign(ticket)).toBe(signer.sign(ticket));
  });

  it('F6 is not believed with any one character changed', async () => {
    const text = signer.sign(ticket);
    for (let at = 0; at < text.length; at += 1) {
      const edited = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
      expect(await isBelieved(edited), `character ${at}`).toBe(false);
    }
  });

  it('F6 is not believed when its payload is another’s under the same signature', async () => {
    const read = readMark(signer.sign(ticket));
    if (!read) throw new Error('unread');
    for (const change of [{ generation: 2 }, { ticketId: newId() }, { screening: markOf(newId()) }])
      expect(await isBelieved(writeMark(markBytes({ ...read.mark, ...change }), read.signature))).toBe(false);
  });

  it('F6 is not believed when another film’s key, or a key of somebody’s own, signed it', async () => {
    const other = newId();
    const theirs = await inFilm(house.db, other, async (tx) => {
      await createFilm(tx, other, now, { slug: 'other' });
      return await ticketSigner(tx, other, now);
    });
    expect(await isBelieved(theirs.sign(ticket))).toBe(false);
    const own = generateKeyPairSync('ed25519').privateKey;
    const mark = { film: markOf(house.filmId), screening: markOf(ticket.screeningId), generation: 1 };
    const bytes = markBytes({ ...mark, ticketId: ticket.id });
    expect(await isBelieved(writeMark(bytes, sign(null, bytes, own)))).toBe(false);
  });

  it.each([
    '',
    '{"ticket":"0190","valid":true}',
    'https://union.example/orders/7K3M9QXT?key=AAAAAAAAAAAAAAAAAAAAAA',
    'Z'.repeat(151),
    '0'.repeat(151),
    'é'.repeat(151),
    'A'.repeat(100_000),
  ])('F6 is none where it reads %j', async (text) => {
    expect(readMark(text)).toBeNull();
  });

  it('is still read by a scanner that types in small letters and ends with a space', async () => {
    expect(await isBelieved(`${signer.sign(ticket).toLowerCase()} `)).toBe(true);
  });

  it('keeps the private key from whoever may read and write the film’s rows: it is never another', async () => {
    const change = house.within((tx) => tx.updateTable('ticketKey').set({ madeAt: now }).execute());
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
