import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { demoScreenings } from '../../../commands/demo-film.ts';
import { applyListings, listingsOf } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';

const database = await testDatabase();
const film = await castFilm(database);
const test = await openTestHouse(database);
const { ask, house } = test;
const cookie = await signIn(test, cast.dev.address);
const list = `/admin/films/${film.slug}/screenings`;
const by = { personId: null, name: 'the test' };
await inFilm(house.db, film.id, (tx) =>
  applyListings(tx, film.id, house.clock(), by, demoScreenings(3, house.clock())),
);
const idsOn = (page: string) =>
  [...page.matchAll(/name="ids\[\]" value="([^"]+)"/g)].map(([, id]) => id ?? '');
const states = async () => {
  const listings = await inFilm(house.db, film.id, (tx) => listingsOf(tx, film.id));
  return listings.map(({ state }) => state);
};

describe('the list of screenings', () => {
  it('comes back in the view that something was done in, and offers to undo it there', async () => {
    const view = `${list}?when=coming&order=-date`;
    const page = await (await ask(view, { cookie })).text();
    const [, action = ''] = /action="([^"]+cancellation[^"]*)"/.exec(page) ?? [];
    const done = await ask(action.replaceAll('&amp;', '&'), { cookie, form: {} });
    const back = done.headers.get('location') ?? '';
    expect(back).toMatch(/\/screenings\?when=coming&order=-date&of=[0-9a-f-]{36}&said=cancelled$/);
    const told = await (await ask(back, { cookie })).text();
    const [, undo = ''] = /action="([^"]+restoration\?when=coming[^"]*)"/.exec(told) ?? [];
    const undone = await ask(undo.replaceAll('&amp;', '&'), { cookie, form: {} });
    expect(undone.headers.get('location')).toMatch(/\?when=coming&order=-date&of=\S+&said=restored$/);
    expect(await states()).not.toContain('cancelled');
  });

  it('marks several at once, and says so when none was chosen', async () => {
    const ids = idsOn(await (await ask(list, { cookie })).text());
    const none = await ask(`${list}/marks?page=1`, { cookie, form: { state: 'sold out' } });
    expect(none.headers.get('location')).toBe(`${list}?page=1&said=none-chosen`);
    const form = new URLSearchParams([...ids.map((id) => ['ids[]', id]), ['state', 'sold out']]).toString();
    const marked = await ask(`${list}/marks`, { cookie, form });
    expect(marked.headers.get('location')).toBe(`${list}?said=marked`);
    expect(await states()).toEqual(['sold out', 'sold out', 'sold out']);
  });
});
