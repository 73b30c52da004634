import { describe, expect, it } from 'vitest';
import { inFilm } from '../../platform/database/database.ts';
import '../film/tables.ts';
import { inquiryByCode } from './index.ts';
import { asOwner, db, list, newFilm, now, receive, submission, tenAtOnce } from './test-ground.ts';

describe('an inquiry', () => {
  it('is kept once when it is sent ten times at once, and is told of once', async () => {
    expect(await tenAtOnce(await newFilm())).toEqual({ kept: 1, told: 1 });
  });

  it('would be kept ten times without the unique rule (negative control)', async () => {
    await asOwner((client) =>
      client.query(`
        create function blur() returns trigger language plpgsql as
          $$ begin new.content_key := decode(md5(random()::text), 'hex'); return new; end $$;
        create trigger blur before insert on inquiry for each row execute function blur()`),
    );
    try {
      expect(await tenAtOnce(await newFilm())).toEqual({ kept: 10, told: 10 });
    } finally {
      await asOwner((client) => client.query('drop trigger blur on inquiry; drop function blur()'));
    }
  });

  it('is a new one when the same words come again after a day, once more however often', async () => {
    const filmId = await newFilm();
    const first = await receive(filmId, submission());
    expect(await receive(filmId, submission(), now.add({ hours: 23 }))).toEqual({ ...first, isRepeat: true });
    const later = now.add({ hours: 25 });
    await Promise.all(Array.from({ length: 5 }, () => receive(filmId, submission(), later)));
    expect((await list(filmId)).lines).toHaveLength(2);
  });

  it('is another one when a word differs, or the form', async () => {
    const filmId = await newFilm();
    await receive(filmId, submission());
    await receive(filmId, submission({ message: 'We have 81 chairs.' }));
    await receive(filmId, submission({}, 'press'));
    expect((await list(filmId)).lines).toHaveLength(3);
  });

  it('uses up its puzzle; the same puzzle opens no second one, and a repeat needs none', async () => {
    const filmId = await newFilm();
    const proof = { hash: Buffer.from('solved'), expiresAt: now.add({ minutes: 30 }) };
    await receive(filmId, { ...submission(), proof });
    expect((await receive(filmId, { ...submission(), proof })).isRepeat).toBe(true);
    const other = { ...submission({ message: 'Other words' }), proof };
    await expect(receive(filmId, other)).rejects.toThrow('proof_spent');
    expect((await list(filmId)).lines).toHaveLength(1);
  });

  it('belongs to one contact, whichever way the address was typed', async () => {
    const filmId = await newFilm();
    const one = await receive(filmId, submission());
    const two = await receive(filmId, submission({ email: 'GRACE@Example.org', message: 'More' }));
    const found = await inFilm(db, filmId, (tx) =>
      Promise.all([inquiryByCode(tx, filmId, one.code), inquiryByCode(tx, filmId, two.code)]),
    );
    expect(found[0]?.contactId).toBe(found[1]?.contactId);
  });

  it('S5 is seen by its own film only', async () => {
    const [ours, theirs] = [await newFilm(), await newFilm()];
    const { code } = await receive(theirs, submission());
    expect(await inFilm(db, ours, (tx) => inquiryByCode(tx, ours, code))).toBeNull();
    expect(await inFilm(db, ours, (tx) => inquiryByCode(tx, theirs, code))).toBeNull();
    expect((await list(ours, { search: 'chairs' })).lines).toEqual([]);
  });
});
