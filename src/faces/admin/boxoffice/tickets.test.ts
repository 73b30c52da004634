import { describe, expect, it } from 'vitest';
import { cast, castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse, signIn } from '../../../../tests/ground/house.ts';
import { confirmOrders, placeHolds, refundUntil, ticketTypesOf } from '../../../domain/boxoffice/index.ts';
import { filmMoney } from '../../../domain/film/index.ts';
import { addScreening, screeningById } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { newSecret } from '../../../platform/secrets.ts';
import { refundRule } from '../../../ui/refund-rule.ts';
import { exampleStart } from './rules-desk.tsx';

const database = await testDatabase();
const film = await castFilm(database);
const house = await openTestHouse(database);
const cleo = await signIn(house, cast.cleo.address);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(database.kysely, film.id, work);
const by = { personId: null, name: 'Cleo Marsh' };
const now = house.house.clock;
const base = '/admin/films/union';
const page = async (path: string) => (await house.ask(base + path, { cookie: cleo })).text();
const send = (path: string, form: Record<string, string> = {}) =>
  house.ask(base + path, { cookie: cleo, form });

let made = 0;
async function newScreening(startsAt = '2030-06-01T19:00'): Promise<string> {
  made += 1;
  const venue = { name: 'Northwest Film Forum', city: 'Seattle', timezone: 'America/Los_Angeles' };
  const listing = {
    slug: `night-${made}`,
    kind: 'cinema',
    venue,
    starts_at: startsAt,
    state: 'planned',
  } as const;
  return (await within((tx) => addScreening(tx, film.id, now(), by, listing))).id;
}
const general = { name: 'General', kind: 'fixed', currency: 'USD', price: '15', per_order_max: '10' };
const typesOf = (id: string) => within((tx) => ticketTypesOf(tx, film.id, [id]));
const stateOf = async (id: string) => (await within((tx) => screeningById(tx, film.id, id)))?.state;

async function onSale(): Promise<string> {
  const id = await newScreening();
  await send(`/screenings/${id}/tickets/places`, { places: '10' });
  await send(`/screenings/${id}/tickets/types/new`, general);
  return id;
}

async function sell(screeningId: string, quantity: number): Promise<void> {
  const [type] = await typesOf(screeningId);
  await within(async (tx) => {
    const request = { key: newSecret(), screeningId, gift: 0, code: '', channel: 'desk' as const };
    const choices = [{ ticketTypeId: type?.id ?? '', quantity, amount: null }];
    const [held] = await placeHolds(tx, film.id, now(), [
      { ...request, choices, language: 'en', referral: null },
    ]);
    if (held?.kind !== 'held') throw new Error('not held');
    const { today: bookedOn } = await filmMoney(tx, film.id, now());
    const confirmation = { orderId: held.orderId, method: 'cash' as const, guestNames: [] };
    const buyer = { name: 'Ada Okafor', address: null };
    await confirmOrders(tx, film.id, now(), by, { bookedOn, confirmations: [{ ...confirmation, buyer }] });
  });
}

describe('putting a screening on sale', () => {
  it('leads from nothing to a sale: places, a type, on sale', async () => {
    const id = await newScreening();
    expect(await page(`/screenings/${id}`)).toContain(`${base}/screenings/${id}/tickets`);
    const empty = await send(`/screenings/${id}/tickets/opening`);
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Say first how many places there are');
    expect((await send(`/screenings/${id}/tickets/places`, { places: '120' })).status).toBe(303);
    expect(await (await send(`/screenings/${id}/tickets/opening`)).text()).toContain(
      'Add a ticket type first',
    );
    expect((await send(`/screenings/${id}/tickets/types/new`, general)).status).toBe(303);
    expect(await page(`/screenings/${id}/tickets`)).toContain('Put it on sale');
    expect((await send(`/screenings/${id}/tickets/opening`)).headers.get('location')).toMatch(/said=opened/);
    expect(await stateOf(id)).toBe('on sale');
    expect(await page(`/screenings/${id}/tickets`)).toContain('Anybody can buy on its page');
    await send(`/screenings/${id}/tickets/closing`);
    expect(await stateOf(id)).toBe('planned');
  });

  it('shows what buyers will read, and keeps nothing of it yet', async () => {
    const id = await onSale();
    const pwyw = {
      ...general,
      name: 'Solidarity',
      kind: 'pwyw',
      price_min: '5',
      price: '12',
      price_max: '50',
    };
    const seen = await send(`/screenings/${id}/tickets/types/new`, { ...pwyw, look: 'yes' });
    expect(await seen.text()).toContain('Pay what you can, from $5.00 to $50.00; $12.00 suggested');
    expect(await typesOf(id)).toHaveLength(1);
  });

  it('reads windows on the clock of the venue', async () => {
    const id = await onSale();
    const window = {
      ...general,
      name: 'Early',
      sale_from: '2030-01-02T10:00',
      sale_until: '2030-05-31T23:59',
    };
    expect((await send(`/screenings/${id}/tickets/types/new`, window)).status).toBe(303);
    const type = (await typesOf(id))[1];
    expect(type?.saleFrom?.toString()).toBe('2030-01-02T18:00:00Z');
    expect(type?.saleUntil?.toString()).toBe('2030-06-01T06:59:00Z');
    const skipped = { ...general, name: 'Skipped', sale_from: '2030-03-10T02:30' };
    const answer = await send(`/screenings/${id}/tickets/types/new`, skipped);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('A time that exists at the venue');
  });

  it.each<[Record<string, string>, string]>([
    [{ name: '' }, 'What buyers choose'],
    [{ price: '0' }, 'More than nothing'],
    [{ price: '-5' }, 'An amount of USD'],
    [{ price: '1e3' }, 'An amount of USD'],
    [{ price: '12.505' }, 'An amount of USD'],
    [{ price: 'NaN' }, 'An amount of USD'],
    [{ kind: 'pwyw', price_min: '20', price_max: '50' }, 'At most what is suggested'],
    [{ kind: 'pwyw', price_min: '0', price_max: '10' }, 'At least what is suggested'],
    [{ kind: 'stolen' }, 'How it is priced'],
    [{ currency: 'EUR' }, 'an order has one currency'],
    [{ per_order_max: '0' }, 'A whole number from 1'],
    [{ per_order_max: '1e9' }, 'A whole number'],
    [{ places_max: '0.5' }, 'A whole number'],
    [{ sale_from: '2030-13-01T10:00' }, 'A day and a time'],
    [{ sale_from: '2030-02-01T10:00', sale_until: '2030-01-01T10:00' }, 'After the sale begins'],
  ])(
    'B5 sends a type back with its words beside the field, and what was typed, for %j',
    async (wrong, words) => {
      const id = await onSale();
      const answer = await send(`/screenings/${id}/tickets/types/new`, { ...general, ...wrong });
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text.toLowerCase()).toContain(words.toLowerCase());
      expect(text).toContain(`value="${wrong.price ?? general.price}"`);
      expect(await typesOf(id)).toHaveLength(1);
    },
  );

  it('moves types, withdraws one and puts it back', async () => {
    const id = await onSale();
    await send(`/screenings/${id}/tickets/types/new`, { ...general, name: 'Students' });
    const [first, second] = await typesOf(id);
    const at = (typeId: string | undefined) => `/screenings/${id}/tickets/types/${typeId}`;
    await send(`${at(second?.id)}/moves`, { to: 'up' });
    expect((await typesOf(id)).map(({ name }) => name)).toEqual(['Students', 'General']);
    await send(`${at(first?.id)}/withdrawal`);
    expect((await typesOf(id))[1]?.withdrawnAt).not.toBeNull();
    await send(`${at(first?.id)}/return`);
    expect((await typesOf(id))[1]?.withdrawnAt).toBeNull();
    const elsewhere = await onSale();
    const mixed = await send(`/screenings/${elsewhere}/tickets/types/${first?.id}/withdrawal`);
    expect(mixed.status).toBe(404);
  });

  it('copies the types of another screening; windows keep their distance to the start', async () => {
    const from = await onSale();
    const until = { ...general, name: 'Early', sale_until: '2030-05-31T19:00' };
    await send(`/screenings/${from}/tickets/types/new`, until);
    const to = await newScreening('2030-11-10T15:00');
    const copied = await send(`/screenings/${to}/tickets/copies`, { from });
    expect(copied.headers.get('location')).toMatch(/said=copied/);
    const types = await typesOf(to);
    expect(types.map(({ name }) => name)).toEqual(['General', 'Early']);
    // A day before at the hour of the start, though the clocks changed between the two.
    expect(types[1]?.saleUntil?.toString()).toBe('2030-11-09T23:00:00Z');
    const again = await send(`/screenings/${to}/tickets/copies`, { from });
    expect(again.headers.get('location')).toMatch(/said=nothing-copied/);
  });
});

describe('A14 fewer places than were sold', () => {
  it('is allowed, says in words how many people are too many, and shows less than none of nothing', async () => {
    const id = await onSale();
    await sell(id, 4);
    expect((await send(`/screenings/${id}/tickets/places`, { places: '2' })).status).toBe(303);
    const text = await page(`/screenings/${id}/tickets`);
    expect(text).toContain('2 people too many');
    expect(text).not.toMatch(/>-\d/);
  });
});

describe('the rules of the box office', () => {
  it('are shown as buyers read them, before and after they are kept', async () => {
    const rules = { hold_minutes: '20', refund_hours: '48', invoice_days: '', offer_hours: '6' };
    const seen = await send('/box-office-rules', { ...rules, look: 'yes' });
    // The sentence of the buyers' own pages, for a screening a week from now.
    const rule = (refundHours: number) => {
      const start = exampleStart(now(), 'America/New_York');
      return refundRule(refundUntil({ refundHours }, start), 'America/New_York', 'en');
    };
    expect(await seen.text()).toContain(rule(48));
    expect(await page('/box-office-rules')).toContain(rule(24));
    expect((await send('/box-office-rules', rules)).status).toBe(303);
    expect(await page('/box-office-rules')).toContain('set aside for 20 minutes');
    const wrong = await send('/box-office-rules', { ...rules, hold_minutes: '4' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('from 5 to 60');
  });
});
