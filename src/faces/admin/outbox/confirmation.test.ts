import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { writeMail } from '../../../platform/mail/write-mail.ts';

const database = await testDatabase();
const film = await castFilm(database);
const smtp = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'film@union.example' };
const withMail = await openTestHouse(database, { settings: smtp });
const withoutMail = await openTestHouse(database);
const link = 'http://localhost:4000/newsletter/confirm/AAAAAAAAAAAAAAAAAAAAAA';
const id = await inFilm(database.kysely, film.id, (tx) =>
  writeMail(tx, film.id, Temporal.Now.instant(), {
    key: 'opt-in:test',
    to: 'hana@example.org',
    subject: 'One more click',
    text: `Yes, send me the letters: ${link}`,
    html: `<p><a href="${link}">Yes</a></p>`,
  }),
);

it('nobody of the team reads the link by which somebody else agrees, unless the page is all the mail there is', async () => {
  const path = `/admin/films/union/outbox/${id}`;
  for (const [house, shows] of [
    [withMail, false],
    [withoutMail, true],
  ] as const) {
    const cookie = await signIn(house, cast.ada.address);
    for (const page of [path, `${path}/html`]) {
      const text = await (await house.ask(page, { cookie })).text();
      expect(text).toContain('/newsletter/confirm/');
      expect(text.includes('AAAAAAAAAAAAAAAAAAAAAA')).toBe(shows);
    }
  }
});
