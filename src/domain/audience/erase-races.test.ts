import { describe, expect, it } from 'vitest';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { addNote, eraseInquiry, inquiryById, inquiryMailKeys, receiveInquiry } from './index.ts';
import { ada, asOwner, db, list, newFilm, now, receive, submission } from './test-ground.ts';

/** Returns when a session waits for a lock that another one holds. */
async function untilOneWaits(): Promise<void> {
  await asOwner(async (client) => {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await client.query(waiting)).rowCount === 0);
  });
}

/** Does `first` in a transaction that stays open until `second` waits for it. */
async function meeting(filmId: string, first: (tx: Tx) => Promise<unknown>, second: () => Promise<unknown>) {
  let begun: Promise<unknown> = Promise.resolve();
  await inFilm(db, filmId, async (tx) => {
    await first(tx);
    begun = second();
    await Promise.race([untilOneWaits(), begun]);
  });
  return await begun;
}

const erase = (filmId: string, id: string) =>
  inFilm(db, filmId, (tx) => eraseInquiry(tx, filmId, now, ada, { id, version: 1 }));
const count = (filmId: string, table: 'contact' | 'inquiry' | 'mail') =>
  inFilm(db, filmId, async (tx) => (await tx.selectFrom(table).selectAll().execute()).length);

describe('erasing an inquiry', () => {
  it('keeps the contact of somebody who writes again at that moment', async () => {
    const filmId = await newFilm();
    const { id } = await receive(filmId, submission());
    const again = submission({ message: 'One more thing.' });
    await meeting(
      filmId,
      (tx) => receiveInquiry(tx, filmId, now, again),
      () => erase(filmId, id),
    );
    expect((await list(filmId)).lines.map(({ id: left }) => left)).not.toContain(id);
    expect([await count(filmId, 'inquiry'), await count(filmId, 'contact')]).toEqual([1, 1]);
  });

  it('takes the mail along that a worker is writing about it', async () => {
    const filmId = await newFilm();
    const { id } = await receive(filmId, submission());
    await meeting(
      filmId,
      async (tx) => {
        await inquiryById(tx, filmId, id);
        const key = inquiryMailKeys.received(id);
        await writeMail(tx, filmId, now, { key, to: 'a@example.org', subject: 's', text: 't', html: 'h' });
      },
      () => erase(filmId, id),
    );
    expect(await count(filmId, 'mail')).toBe(0);
  });

  it('tells whoever notes something on it meanwhile that it is gone', async () => {
    const filmId = await newFilm();
    const { id } = await receive(filmId, submission());
    const noted = meeting(
      filmId,
      (tx) => eraseInquiry(tx, filmId, now, ada, { id, version: 1 }),
      () => inFilm(db, filmId, (tx) => addNote(tx, filmId, now, ada, id, 'Call them')),
    );
    await expect(noted).rejects.toMatchObject({ code: 'inquiry_gone' });
  });
});
