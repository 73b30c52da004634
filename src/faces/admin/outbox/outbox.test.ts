import { expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { writeMail } from '../../../platform/mail/write-mail.ts';

const database = await testDatabase();
const film = await castFilm(database);
const test = await openTestHouse(database);
const { ask, house } = test;
const cookie = await signIn(test, cast.ben.address);
for (const [to, subject] of [
  ['grace@example.org', 'We have your message'],
  ['hedy_l@example.org', 'Your screening, 100 % sure'],
] as const) {
  const letter = { key: to, to, subject, text: subject, html: `<p>${subject}</p>` };
  await inFilm(house.db, film.id, (tx) => writeMail(tx, film.id, house.clock(), letter));
}

it('finds mails by a part of an address or a subject, in the view that is open', async () => {
  const found = async (query: string) => {
    const page = await (await ask(`/admin/films/${film.slug}/outbox${query}`, { cookie })).text();
    return ['grace@', 'hedy_l@'].filter((address) => page.includes(`>${address}example.org<`));
  };
  expect(await found('')).toEqual(['grace@', 'hedy_l@']);
  expect(await found('?search=GRACE')).toEqual(['grace@']);
  expect(await found('?search=your+message')).toEqual(['grace@']);
  expect(await found('?view=unsent&search=hedy')).toEqual(['hedy_l@']);
  expect(await found('?view=sent&search=hedy')).toEqual([]);
  // What means "anything" to the database means itself to a person.
  expect(await found('?search=%25')).toEqual(['hedy_l@']);
  expect(await found('?search=y_')).toEqual(['hedy_l@']);
});
