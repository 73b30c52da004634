import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { castFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { openTestHouse } from '../../../tests/ground/house.ts';
import { putOnSale } from '../../../tests/ground/on-sale.ts';
import { newSecret } from '../../platform/secrets.ts';

const database = await testDatabase();
const film = await castFilm(database);
let now = Temporal.Now.instant();
const { ask } = await openTestHouse(database, { clock: () => now });
const base = `/films/${film.slug}`;
const { typeIds } = await putOnSale(database, film.id, 'emptied', { places: 2_000 });

const choose = async (from: string, key = newSecret()) => {
  const form = { key, [`q-${typeIds[0]}`]: '10' };
  return await ask(`${base}/screenings/emptied/tickets`, { form, from });
};

it('a network that pays for nothing empties no house; others buy, and it may again when it pays or its time is over', async () => {
  const first = await choose('198.51.100.7');
  expect(first.status).toBe(303);
  for (let at = 1; at < 40; at += 1) expect((await choose('198.51.100.7')).status).toBe(303);
  const refused = await choose('198.51.100.7');
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain('Many places are set aside from your network');
  expect((await choose('2001:db8::1')).status).toBe(303);

  const order = first.headers.get('location')?.replace('?', '/confirmation?') ?? '';
  const [path = '', query = ''] = order.split('?');
  const form = {
    ...Object.fromEntries(new URLSearchParams(query)),
    name: 'Asha',
    address: 'asha@example.org',
  };
  expect((await ask(path, { form })).status).toBe(303);
  expect((await choose('198.51.100.7')).status).toBe(303);
  expect((await choose('198.51.100.7')).status).toBe(429);
  now = now.add({ minutes: 16 });
  expect((await choose('198.51.100.7')).status).toBe(303);
});

it('a burst is not let in whole; a second click on one’s own order always is', async () => {
  const keys = Array.from({ length: 60 }, () => newSecret());
  const statuses = await Promise.all(keys.map(async (key) => (await choose('203.0.113.9', key)).status));
  expect(statuses.filter((status) => status === 303)).toHaveLength(40);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  const own = keys[statuses.indexOf(303)] ?? '';
  expect((await choose('203.0.113.9', own)).status).toBe(303);
  // Orders that lapsed and are asked for again count again.
  now = now.add({ minutes: 16 });
  const again = await Promise.all(keys.map(async (key) => (await choose('203.0.113.9', key)).status));
  // Some of them may count twice for a moment, as the order that they were and as who asks.
  const held = again.filter((status) => status === 303).length;
  expect(held).toBeGreaterThan(20);
  expect(held).toBeLessThanOrEqual(40);
});

it('this machine itself has no limit: an uncounted proxy would have everybody come from it', async () => {
  for (let at = 0; at < 45; at += 1) expect((await choose('127.0.0.1')).status).toBe(303);
});
