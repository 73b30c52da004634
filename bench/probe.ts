// Looks from beside a running program, on its ground, and prints a list of milliseconds as JSON. Built by
// scripts/bench.mjs.
//   near <film>            a search for the 30 nearest screenings, from 40 places across the United States
//   publish <film> <url>…  from the commit of a publication until each of the pages shows it
//   sell <film> <slug> <places>   puts a screening on sale with free places, and a code; prints the ticket type's id
//   stock <film>   has the database take stock of what was made
//   open <film>   opens a box office at every screening to come: 200 places, three ticket types
//   sold <film> <slug>   how many of its places are taken, how many orders confirmed, tickets given, letters waiting
//   close, balance, journal, post <film>, statement <film> <account>   what the books take
import { sql } from 'kysely';
import pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { openGround } from '../src/commands/ground.ts';
import { addCode, addTicketType, availabilityOf, setPlaces } from '../src/domain/boxoffice/index.ts';
import { films, latestRevision, publishRevision, saveRevision } from '../src/domain/film/index.ts';
import { closeDays, journal, post, statementOf, trialBalance } from '../src/domain/ledger/index.ts';
import { addScreening, kmFarthest, screeningBySlug, screeningsNear } from '../src/domain/screenings/index.ts';
import { commandLine } from '../src/platform/audit/index.ts';
import { inFilm, inInstallation } from '../src/platform/database/database.ts';
import { newId } from '../src/platform/secrets.ts';

const [what = '', slug = '', ...rest] = process.argv.slice(2);
const asks = 40;
const publications = 10;
const patienceMs = 10_000;

const { database, clock, close } = await openGround();
const db = database.kysely;
try {
  const film = (await inInstallation(db, films)).find((each) => each.slug === slug);
  if (!film) throw new Error(`there is no film ${slug}`);
  const looks: Readonly<Record<string, (filmId: string) => Promise<unknown[]>>> = {
    ...{ stock: takeStock, sell, sold, open },
    ...{ near, publish, close: closeBooks, balance, journal: journalPage, statement, post: postGroups },
  };
  console.log(JSON.stringify((await looks[what]?.(film.id)) ?? []));
} finally {
  await close();
}

async function sell(filmId: string): Promise<string[]> {
  const [screeningSlug = '', places = ''] = rest;
  return await inFilm(db, filmId, async (tx) => {
    const venue = { name: 'Bench Hall', city: 'Dayton', timezone: 'America/New_York' };
    const starts_at = `${clock()
      .add({ hours: 24 * 60 })
      .toString()
      .slice(0, 10)}T19:00`;
    const listing = { slug: screeningSlug, kind: 'cinema', venue, starts_at, state: 'on sale' } as const;
    const { id: screeningId } = await addScreening(tx, filmId, clock(), commandLine, listing);
    await setPlaces(tx, filmId, clock(), commandLine, { screeningId, places: Number(places) });
    const free = {
      name: 'RSVP',
      about: null,
      kind: 'free',
      currency: 'USD',
      price: 0,
      needsCode: false,
    } as const;
    const open = {
      priceMin: null,
      priceMax: null,
      placesMax: null,
      perOrderMax: 4,
      saleFrom: null,
      saleUntil: null,
    };
    const draft = { ...free, ...open };
    const paid = { ...draft, name: 'General', kind: 'fixed', price: 1500 } as const;
    const typeId = await addTicketType(tx, filmId, clock(), commandLine, { screeningId, draft });
    const paidId = await addTicketType(tx, filmId, clock(), commandLine, { screeningId, draft: paid });
    await addCode(tx, filmId, clock(), commandLine, {
      ...{
        word: `LOCAL-${screeningSlug.toUpperCase()}`,
        kind: 'percent',
        off: 20,
        currency: null,
        screeningId,
      },
      ...{ ticketTypeId: null, usesMax: null, moneyMax: null, goodFrom: null, goodUntil: null, note: '' },
    });
    return [typeId, paidId];
  });
}

/** By SQL of its own: the commands' audit lines and news are not what is measured. */
async function open(filmId: string): Promise<number[]> {
  return await inFilm(db, filmId, async (tx) => {
    const opened = await sql`
      insert into capacity (film_id, screening_id, places)
        select film_id, id, 200 from screening where film_id = ${filmId}::uuid and over_at > ${clock()}::timestamptz`.execute(
      tx,
    );
    await sql`
      insert into ticket_type (film_id, id, screening_id, position, name, kind, currency, price, per_order_max)
        select film_id, gen_random_uuid(), screening_id, at, to_jsonb('Type ' || at), 'fixed', 'USD', at * 700, 10
          from capacity cross join generate_series(1, 3) at where film_id = ${filmId}::uuid`.execute(tx);
    return [Number(opened.numAffectedRows ?? 0)];
  });
}

/** Takes stock of what was just made, as the database does within a minute by itself. */
async function takeStock(): Promise<number[]> {
  const owner = new pg.Client(database.connection);
  await owner.connect();
  await owner.query('vacuum analyze');
  await owner.end();
  return [];
}

async function sold(filmId: string): Promise<number[]> {
  return await inFilm(db, filmId, async (tx) => {
    const screening = await screeningBySlug(tx, filmId, rest[0] ?? '');
    const found = screening && (await availabilityOf(tx, filmId, screening.id, clock()));
    const { rows } = await sql<{ orders: number; tickets: number }>`
      select count(*)::int as orders, (select count(*)::int from ticket where screening_id = ${screening?.id}) as tickets
        from "order" where screening_id = ${screening?.id} and confirmed_at is not null`.execute(tx);
    return [found?.sold ?? 0, found?.held ?? 0, rows[0]?.orders ?? 0, rows[0]?.tickets ?? 0];
  });
}

async function near(filmId: string): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < asks; at += 1) {
    const from = { latitude: 26 + ((at * 7) % 21), longitude: -122 + ((at * 13) % 50) };
    // Timed with its round trips, without the opening of the transaction.
    const ms = await inFilm(db, filmId, async (tx) => {
      const began = performance.now();
      await screeningsNear(tx, filmId, clock(), from, { kmMax: kmFarthest, limit: 30 });
      return performance.now() - began;
    });
    found.push(ms);
  }
  // The first asks are the plans' and the connection's own.
  return found.slice(5);
}

async function publish(filmId: string): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < publications; at += 1) {
    const logline = `Published for the ${at}th time at ${Date.now()}`;
    const revision = await inFilm(db, filmId, async (tx) => {
      const latest = await latestRevision(tx, filmId);
      if (!latest) throw new Error('the film has no revision');
      const document = { ...latest.document, film: { ...latest.document.film, logline } };
      const draft = { document, files: latest.files, parentId: latest.id };
      return (await saveRevision(tx, filmId, clock(), commandLine, draft)).revision;
    });
    await inFilm(db, filmId, (tx) => publishRevision(tx, filmId, clock(), commandLine, revision.number));
    const began = performance.now();
    await Promise.all(rest.map((url) => untilSays(url, logline, began)));
    found.push(performance.now() - began);
  }
  return found;
}

async function untilSays(url: string, words: string, began: number): Promise<void> {
  while (!(await (await fetch(url)).text()).includes(words)) {
    if (performance.now() - began > patienceMs) throw new Error(`${url} does not show what was published`);
  }
}

function today(): Temporal.PlainDate {
  return clock().toZonedDateTimeISO('UTC').toPlainDate();
}

async function closeBooks(filmId: string): Promise<number[]> {
  return await timed(1, () => closeDays(db, filmId, today()));
}

async function balance(filmId: string): Promise<number[]> {
  return await timed(10, () => inFilm(db, filmId, (tx) => trialBalance(tx, filmId, null)));
}

async function journalPage(filmId: string): Promise<number[]> {
  return await timed(10, () => inFilm(db, filmId, (tx) => journal(tx, filmId, {}, null, 50)));
}

async function statement(filmId: string): Promise<number[]> {
  const [account = ''] = rest;
  const [from, to] = [today().subtract({ days: 90 }).toString(), today().toString()];
  const asked = { account, currency: 'USD', from, to };
  return await timed(10, () => inFilm(db, filmId, (tx) => statementOf(tx, filmId, asked, 200)));
}

/** Each with its transaction: begin, group, accounts, entries, commit with its checks and its fsync. */
async function postGroups(filmId: string): Promise<number[]> {
  const lines = [
    { account: 'processor', amount: 4_000, currency: 'USD' },
    { account: 'income.tickets', amount: -3_000, currency: 'USD' },
    { account: 'fund', amount: -1_000, currency: 'USD' },
  ];
  const posting = () => ({ key: newId(), kind: 'order', bookedOn: today(), lines });
  return await timed(300, () =>
    inFilm(db, filmId, (tx) => post(tx, filmId, clock(), commandLine, posting())),
  );
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const began = performance.now();
    await work();
    found.push(performance.now() - began);
  }
  return found;
}
