import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { type Answer, receiveInquiry } from '../src/domain/audience/index.ts';
import { invite } from '../src/domain/people/index.ts';
import { applyListings, keepImport, screeningListing } from '../src/domain/screenings/index.ts';
import { inFilm } from '../src/platform/database/database.ts';
import { writeMail } from '../src/platform/mail/write-mail.ts';
import { cast, castFilm, joinAs, stranger, strangersFilm } from './cast.ts';
import { formOfPage } from './film-desk/page-form.ts';
import { testDatabase } from './ground/database.ts';
import { openTestHouse, signIn } from './ground/house.ts';
import { soldNight } from './ground/sold.ts';

const database = await testDatabase();
const ours = await castFilm(database);
const theirs = await strangersFilm(database);
const test = await openTestHouse(database);
const { ask, house } = test;

/** In everything of the other film, so that nothing of it can be shown unseen. */
const canary = 'canary-of-the-other-film';

/** The other film's inquiry, mail, screening, invitation, import and member: each with an id that one could try. */
async function furnish(): Promise<Readonly<Record<string, string>>> {
  const now = house.clock();
  const by = { personId: theirs.owner.id, name: stranger.name };
  const member = await joinAs(database, theirs.id, {
    name: canary,
    address: 'kim@elsewhere.example',
    role: 'editor',
  });
  const listing = screeningListing.parse({
    slug: 'their-night',
    kind: 'cinema',
    venue: { name: canary, city: 'Seattle', country: 'US', timezone: 'America/Los_Angeles' },
    starts_at: '2030-03-01T19:00',
    state: 'on sale',
  });
  const email: Answer = {
    name: 'email',
    label: 'Address',
    kind: 'email',
    value: 'jo@example.org',
    shown: 'jo@example.org',
  };
  const sold = await soldNight(database, theirs.id, 'their-sold-night', { name: canary });
  return await inFilm(database.kysely, theirs.id, async (tx) => {
    await applyListings(tx, theirs.id, now, by, [listing]);
    const inquiry = await receiveInquiry(tx, theirs.id, now, {
      form: { name: 'general', title: canary },
      language: 'en',
      answers: [email, { name: 'message', label: 'Message', kind: 'textarea', value: canary, shown: canary }],
      page: 'https://elsewhere.example/contact/general',
      networkHash: null,
      proof: null,
    });
    const words = { to: 'jo@example.org', subject: canary, text: canary, html: canary };
    const mail = await writeMail(tx, theirs.id, now, { key: 'theirs', ...words });
    const invited = { address: `${canary}@example.org`, role: 'editor' as const, wasMailed: false };
    const invitation = await invite(tx, theirs.id, now, by, invited);
    const copy = { ...listing, slug: 'their-import' };
    const kept = await keepImport(tx, theirs.id, now, by, { fileName: canary, listings: [copy] });
    const { rows } = await sql<{ id: string }>`select id from screening where slug = 'their-night'`.execute(
      tx,
    );
    return {
      [`/screenings/${rows[0]?.id}`]: 'a screening',
      [`/screenings/${sold.screeningId}/guests`]: 'its guests',
      [`/orders/${sold.orderId}`]: 'an order',
      [`/codes/${sold.codeId}`]: 'a code',
      [`/inbox/${inquiry.code}`]: 'an inquiry',
      [`/outbox/${mail}`]: 'a mail',
      [`/outbox/${mail}/html`]: 'a mail’s page',
      [`/outbox/${mail}/retry`]: 'a mail',
      [`/team/members/${member.id}/removal`]: 'a member',
      [`/team/invitations/${invitation.id}/renewal`]: 'an invitation',
      [`/team/invitations/${invitation.id}/revocation`]: 'an invitation',
      [`/screenings/import/${kept.id}`]: 'an import',
    };
  });
}

/** Every row of the other film, past row-level security. */
async function rowsOfTheirs(): Promise<string> {
  const client = new pg.Client({ ...inject('server'), database: String(database.connection.database) });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
        where relkind = 'r' and attname = 'film_id' and relnamespace = 'public'::regnamespace order by 1`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const rows = await client.query(`select t::text from "${name}" t where film_id = $1 order by 1`, [
        theirs.id,
      ]);
      found.push(`${name} ${JSON.stringify(rows.rows)}`);
    }
    return found.join('\n');
  } finally {
    await client.end();
  }
}

const places = await furnish();
const adas = await signIn(test, cast.ada.address);
const zoes = await signIn(test, stranger.address);
const at = (slug: string, path: string) => `/admin/films/${slug}${path}`;

/** Addresses that only take forms, which no page of theirs may offer just now. */
const isForm = /renewal|revocation|retry|\/import\//;

/** The forms that the other film's own pages offer about its things, filled in as they stand there. */
async function theirForms(): Promise<{ path: string; form: string }[]> {
  const found: { path: string; form: string }[] = [];
  for (const path of [...Object.keys(places), '/team']) {
    const page = await (await ask(at(theirs.slug, path), { cookie: zoes })).text();
    for (const [, action = ''] of page.matchAll(/<form[^>]*action="([^"]+)"/g)) {
      const own = action.replaceAll('&amp;', '&').split(at(theirs.slug, ''))[1] ?? '';
      // About something with an id, not a list or a new thing.
      if (!/\/(screenings|orders|codes|inbox|outbox|members|invitations|import)\/[^/?]+/.test(own)) continue;
      const { data } = formOfPage(page, new RegExp(action.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
      const fields = [...data].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
      found.push({ path: own, form: new URLSearchParams(fields).toString() });
    }
  }
  for (const path of Object.keys(places)) if (isForm.test(path)) found.push({ path, form: '' });
  return found;
}

describe('S5 S14 an id of another film, at the address of one’s own', () => {
  it('opens nothing, to an owner who may open everything of theirs', async () => {
    for (const [path, what] of Object.entries(places)) {
      const answer = await ask(at(ours.slug, path), { cookie: adas });
      expect([what, path, answer.status]).toEqual([what, path, 404]);
      expect(await answer.text()).not.toContain(canary);
      if (isForm.test(path)) continue;
      const there = await ask(at(theirs.slug, path), { cookie: zoes });
      expect([what, there.status, (await there.text()).includes(canary)]).toEqual([what, 200, true]);
    }
  });

  it('changes nothing, by any form that the other film’s pages offer, nor does one with a field more at home', async () => {
    const forms = await theirForms();
    expect(new Set(forms.map(({ path }) => path.split('/')[1]))).toEqual(
      new Set(['screenings', 'orders', 'codes', 'inbox', 'outbox', 'team']),
    );
    expect(forms.length).toBeGreaterThan(10);
    const before = await rowsOfTheirs();
    expect(before).toContain(canary);
    for (const { path, form } of forms) {
      const answer = await ask(at(ours.slug, path), { cookie: adas, form });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      expect(await answer.text()).not.toContain(canary);
    }
    expect(await rowsOfTheirs()).toBe(before);
    // S14 at home, with one field more than they have, they are refused whole.
    for (const { path, form } of forms) {
      const answer = await ask(at(theirs.slug, path), { cookie: zoes, form: `${form}&role_of_all=owner` });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    }
    expect(await rowsOfTheirs()).toBe(before);
    // The same forms, where they belong, do something.
    let done = 0;
    for (const { path, form } of forms) {
      const answer = await ask(at(theirs.slug, path), { cookie: zoes, form });
      if (answer.status === 303 || answer.status === 200) done += 1;
    }
    expect(done).toBeGreaterThan(5);
    expect(await rowsOfTheirs()).not.toBe(before);
  });
});
