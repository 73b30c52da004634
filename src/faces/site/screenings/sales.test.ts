import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { castFilm } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse } from '../../../../tests/ground/house.ts';
import { fixedType, freeType, putOnSale, pwywType } from '../../../../tests/ground/on-sale.ts';
import {
  editTicketType,
  joinLine,
  leaveLine,
  setPlaces,
  type TicketTypeDraft,
} from '../../../domain/boxoffice/index.ts';
import type { ScreeningListing } from '../../../domain/screenings/index.ts';
import { commandLine } from '../../../platform/audit/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { dropPages } from '../../../platform/page-cache/drop-pages.ts';
import { newId, newSecret } from '../../../platform/secrets.ts';
import { nasty, unfolded } from './test-ground.ts';

const database = await testDatabase();
const film = await castFilm(database);
const began = Temporal.Now.instant();
const now = () => Temporal.Instant.fromEpochMilliseconds(Date.now());
const { ask, house } = await openTestHouse(database, { clock: now });
const within = <T>(work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, film.id, work);

const soon = began.add({ hours: 48 }).round('second');
const early: TicketTypeDraft = { ...fixedType, name: 'Early', price: 700 };

type Sold = {
  readonly types?: readonly TicketTypeDraft[];
  readonly places?: number;
  readonly listing?: Partial<ScreeningListing>;
};
const sell = (slug: string, { types = [fixedType], places = 40, listing = {} }: Sold = {}) =>
  putOnSale(database, film.id, slug, { places, types, listing });

const hold = (slug: string, typeId: string | undefined, quantity: number, key = newSecret()) =>
  ask(`/screenings/${slug}/tickets`, { form: { key, [`q-${typeId}`]: String(quantity) } });

const body = async (path: string): Promise<string> => await (await ask(path)).text();

/** What the tickets of a list say: state, price and button, by the screening's slug. */
async function cards(path: string): Promise<ReadonlyMap<string, string>> {
  const page = (await body(path)).replaceAll('\u00a0', ' ');
  return new Map(
    page
      .split('<li class="ticket')
      .slice(1)
      .map((card) => {
        const [, slug = ''] = /href="\/screenings\/([^"]+)"/.exec(card) ?? [];
        const side = card.slice(
          card.indexOf('ticket-side'),
          card.indexOf('</li>', card.indexOf('ticket-side')),
        );
        const [, href = ''] = /<a class="button[^"]*" href="([^"]+)"/.exec(side) ?? [];
        const said = [...side.matchAll(/>([^<]+)</g)].map(([, words]) => words);
        return [slug, [...said, href].filter((part) => part !== '').join(' | ')] as const;
      }),
  );
}

type Event = {
  readonly isAccessibleForFree?: boolean;
  readonly offers?: readonly Record<string, unknown>[];
};
async function eventOf(slug: string): Promise<Event> {
  const page = await body(`/screenings/${slug}`);
  const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
  return (JSON.parse(json) as { '@graph': Event[] })['@graph'][1] ?? {};
}

type Listed = { readonly slug: string; readonly sale: Record<string, unknown> | null };
const open = async (): Promise<ReadonlyMap<string, Listed['sale']>> => {
  const { screenings } = JSON.parse(await body('/screenings.json')) as { screenings: Listed[] };
  return new Map(screenings.map(({ slug, sale }) => [slug, sale]));
};

const later = { ...fixedType, saleFrom: soon };
await sell('open', { types: [fixedType, early] });
await sell('free');
await sell('rsvp', { types: [freeType] });
await sell('choice', { types: [pwywType] });
await sell('later', { types: [later] });
await sell('over', { types: [{ ...fixedType, saleUntil: began.subtract({ hours: 1 }) }] });
await sell('code', { types: [{ ...early, needsCode: true }] });
await sell('said', { listing: { state: 'sold out' } });
await sell('announced', { listing: { state: 'planned' } });
await sell('elsewhere', { listing: { admission: { external: 'https://seller.example/1' } } });
const held = await sell('held', { places: 2 });
await hold('held', held.typeIds[0], 2);
await sell('house', { places: 0 });
await sell('hostile', { types: [{ ...fixedType, name: nasty, about: nasty }] });

describe('a screening that sells here', () => {
  const expected = {
    open: 'On sale | from $7 | Tickets | /screenings/open/tickets',
    rsvp: 'Open | Free | Reserve a place | /screenings/rsvp/tickets',
    choice: 'On sale | Pay what you can | Tickets | /screenings/choice/tickets',
    over: 'Sales closed | Details',
    code: 'With a code | I have a code | /screenings/code/tickets',
    said: 'Sold out | $15 | Join the waitlist | /screenings/said/waitlist',
    announced: 'Announced | $15 | Details',
    elsewhere: 'On sale | Tickets | https://seller.example/1',
    held: 'Full just now | $15 | Join the waitlist | /screenings/held/waitlist',
    house: 'Sold out | $15 | Join the waitlist | /screenings/house/waitlist',
  };

  it('shows how it stands, its price and one button, in every list', async () => {
    for (const path of ['/screenings', '/screenings?place=seattle-wa-us', '/screenings?near=98122']) {
      const said = await cards(path);
      expect(Object.fromEntries(Object.keys(expected).map((slug) => [slug, said.get(slug)]))).toEqual(
        expected,
      );
      expect(said.get('later')).toMatch(
        /^On sale from \w{3}, \w{3} \d+, \d{4}, \d+:\d\d.*P[SD]T \| \$15 \| Details$/,
      );
    }
  });

  it('shows the same on the front page', async () => {
    const said = await cards('/');
    expect(said.size).toBe(5);
    expect([...said.keys()].filter((slug) => slug in expected).length).toBeGreaterThan(2);
    for (const [slug, words] of said)
      if (slug in expected) expect(words).toBe(expected[slug as keyof typeof expected]);
  });

  it('has one state on its own page and in the lists, and a way to the line in both or in neither', async () => {
    const said = await cards('/screenings');
    for (const slug of Object.keys(expected)) {
      const page = await body(`/screenings/${slug}`);
      const [, state = ''] = /<p class="state [^"]+">([^<]+)</.exec(page) ?? [];
      expect(said.get(slug)?.split(' | ')[0]).toBe(state);
      expect(page.includes('/waitlist"')).toBe(said.get(slug)?.includes('/waitlist') ?? false);
    }
  });

  it('tells machines its offers, each with price, currency and availability', async () => {
    const { offers = [], isAccessibleForFree } = await eventOf('open');
    expect(isAccessibleForFree).toBe(false);
    expect(offers).toMatchObject([
      { '@type': 'Offer', name: 'General', price: '15.00', priceCurrency: 'USD' },
      { name: 'Early', price: '7.00', availability: 'https://schema.org/InStock' },
    ]);
    expect(String(offers[0]?.url)).toMatch(/^https?:\/\/.*\/screenings\/open\/tickets$/);
    expect((await eventOf('rsvp')).isAccessibleForFree).toBe(true);
    expect((await eventOf('choice')).offers?.[0]).toMatchObject({
      price: '0.00',
      priceSpecification: { minPrice: '0.00', maxPrice: '100.00', price: '10.00', priceCurrency: 'USD' },
    });
    const stands = async (slug: string) => (await eventOf(slug)).offers?.map((one) => one.availability);
    expect(await stands('later')).toEqual(['https://schema.org/PreOrder']);
    expect((await eventOf('later')).offers?.[0]?.validFrom).toMatch(/-0[78]:00$/);
    expect(await stands('said')).toEqual(['https://schema.org/SoldOut']);
    expect(await stands('held')).toEqual(['https://schema.org/OutOfStock']);
    expect(await stands('announced')).toEqual(['https://schema.org/PreOrder']);
    expect(await stands('over')).toBeUndefined();
    expect(await stands('code')).toBeUndefined();
  });

  it('stands in the open data, the calendar and the news with the address of its tickets', async () => {
    const sales = await open();
    expect(sales.get('open')).toMatchObject({
      state: 'open',
      types: [
        { name: 'General', kind: 'fixed', currency: 'USD', price: '15.00', opens_at: null },
        { name: 'Early', price: '7.00' },
      ],
    });
    expect(sales.get('choice')?.types).toMatchObject([
      { kind: 'pwyw', price: '10.00', price_min: '0.00', price_max: '100.00' },
    ]);
    const states = ['later', 'over', 'code', 'said', 'announced', 'held'].map(
      (slug) => sales.get(slug)?.state,
    );
    expect(states).toEqual(['not_yet', 'over', 'code', 'sold_out', 'announced', 'full']);
    expect(sales.get('code')?.types).toEqual([]);
    expect(sales.get('elsewhere')).toBeNull();
    const calendar = unfolded(await body('/screenings.ics'));
    expect(calendar).toMatch(
      /Full just now\\n\$15\\nJoin the waitlist: https?:\S+\/screenings\/held\/waitlist/,
    );
    expect(calendar).toMatch(/On sale\\nfrom \$7\\nTickets: https?:\S+\/screenings\/open\/tickets/);
    const one = unfolded(await body('/screenings/rsvp.ics'));
    expect(one).toMatch(/Open\\nFree\\nReserve a place: https?:\S+\/screenings\/rsvp\/tickets/);
    const news = await body('/screenings.rss');
    expect(news).toMatch(
      /Sold out: Seattle, WA.*Join the waitlist: https?:\S+\/screenings\/house\/waitlist/s,
    );
  });

  it('S6 says a type’s name exactly, and nothing in it leaves the JSON, the calendar or the news', async () => {
    const page = await body('/screenings/hostile');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
    expect(json).not.toMatch(/[<>&\u2028]/);
    expect((await eventOf('hostile')).offers).toMatchObject([{ name: nasty }]);
    expect((await open()).get('hostile')?.types).toMatchObject([{ name: nasty }]);
    for (const path of ['/screenings/hostile', '/screenings', '/screenings.rss'])
      expect(await body(path)).not.toMatch(/<img src=x|<script>alert/i);
    expect(unfolded(await body('/screenings/hostile.ics')).match(/^END:VEVENT$/gm)).toHaveLength(1);
  });
});

describe('a kept list', () => {
  const listed = async (slug: string) => (await cards('/screenings')).get(slug);
  const at = (moment: Temporal.Instant) =>
    vi.useFakeTimers({ toFake: ['Date'], now: moment.epochMilliseconds });
  afterEach(() => {
    vi.useRealTimers();
    house.pages.clear();
  });
  let heard = 0;
  house.pages.onDrop((filmId) => {
    if (filmId === film.id) heard += 1;
  });
  /** How often the film's pages were dropped meanwhile: a change of another film is heard after all before it. */
  const dropsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const settled = async () => {
      const other = newId();
      const news = new Promise<void>((done) => {
        house.pages.onDrop((filmId) => filmId === other && done());
      });
      await inFilm(database.kysely, other, (tx) => dropPages(tx, other, 'screenings'));
      await news;
    };
    await settled();
    const before = heard;
    await work();
    await settled();
    return heard - before;
  };

  it('says "on sale" from the moment that a sale opens, without anybody writing anything', async () => {
    at(soon.subtract({ seconds: 1 }));
    expect(await listed('later')).toContain('Details');
    const drops = await dropsOf(async () => at(soon));
    expect(drops).toBe(0);
    expect(await listed('later')).toBe('On sale | $15 | Tickets | /screenings/later/tickets');
    expect((await open()).get('later')).toMatchObject({ state: 'open' });
    expect(unfolded(await body('/screenings.ics'))).toMatch(/Tickets: \S+\/screenings\/later\/tickets/);
  });

  it('A8 says five seconds late at most that held places came back; who asks for them has them at once', async () => {
    const { typeIds } = await sell('back', { places: 2 });
    const passed = (duration: Temporal.DurationLike) => at(began.add({ hours: 1 }).add(duration));
    passed({ minutes: 0 });
    await dropsOf(() => hold('back', typeIds[0], 2));
    passed({ minutes: 14, seconds: 58 });
    expect(await listed('back')).toContain('Full just now');
    passed({ minutes: 15, seconds: 2 });
    expect(await listed('back')).toContain('Full just now');
    expect((await hold('back', typeIds[0], 1)).status).toBe(303);
    passed({ minutes: 15, seconds: 3 });
    expect(await listed('back')).toContain('On sale');
  });

  it('is dropped when a house gets full, and not for each ticket before', async () => {
    const { typeIds } = await sell('rush', { places: 30, types: [{ ...fixedType, perOrderMax: 30 }] });
    const one = () => hold('rush', typeIds[0], 1);
    expect(await dropsOf(async () => [await one(), await one(), await one()])).toBe(0);
    expect(await listed('rush')).toContain('Tickets');
    expect(await dropsOf(() => hold('rush', typeIds[0], 27))).toBe(1);
    expect(await listed('rush')).toContain('Join the waitlist');
    expect((await hold('rush', typeIds[0], 1)).status).toBe(409);
  });

  it('A8 says that places are free again when somebody takes fewer after all', async () => {
    const { typeIds } = await sell('fewer', { places: 4 });
    const key = newSecret();
    await dropsOf(() => hold('fewer', typeIds[0], 4, key));
    expect(await listed('fewer')).toContain('Full just now');
    expect(await dropsOf(() => hold('fewer', typeIds[0], 2, key))).toBe(1);
    expect(await listed('fewer')).toContain('On sale');
  });

  it('A8 knows of the line: what is promised is not on sale, and is again when nobody waits', async () => {
    const { id } = await sell('line', { places: 2 });
    const key = newSecret();
    const wish = { key, screeningId: id, address: 'ann@example.org', places: 4, language: 'en' };
    expect(await listed('line')).toContain('On sale');
    expect(await dropsOf(() => within((tx) => joinLine(tx, film.id, now(), wish)))).toBe(1);
    expect(await listed('line')).toContain('Sold out');
    expect(await dropsOf(() => within((tx) => leaveLine(tx, film.id, now(), key)))).toBe(1);
    expect(await listed('line')).toContain('On sale');
  });

  it('follows what the team changes', async () => {
    const { id, typeIds } = await sell('edited', { places: 0 });
    expect(await listed('edited')).toContain('Sold out');
    const places = { screeningId: id, places: 10 };
    await dropsOf(() => within((tx) => setPlaces(tx, film.id, now(), commandLine, places)));
    expect(await listed('edited')).toContain('$15 | Tickets');
    const change = { id: typeIds[0] ?? '', draft: { ...fixedType, price: 900 } };
    await dropsOf(() => within((tx) => editTicketType(tx, film.id, now(), commandLine, change)));
    expect(await listed('edited')).toContain('$9 | Tickets');
  });
});
