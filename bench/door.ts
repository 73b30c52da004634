// The door with 25,000 tickets, offline, on a device a quarter as fast as this machine: from the moment that a code is
// read until its light is on the screen, kept on the device. The real app in Chromium, five scans a second.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { chromium, type Page } from 'playwright-core';
import {
  addTicketType,
  confirmOrders,
  doorList,
  placeHolds,
  setPlaces,
  type TicketTypeDraft,
  ticketSigner,
} from '../src/domain/boxoffice/index.ts';
import { films } from '../src/domain/film/index.ts';
import { addScreening } from '../src/domain/screenings/index.ts';
import { systemClock } from '../src/platform/clock.ts';
import { inFilm, inInstallation, openDatabase, type Tx } from '../src/platform/database/database.ts';
import { newSecret } from '../src/platform/secrets.ts';
import { emptyFolder, machine, median, programPath, settingsIn, startOnCores } from './ground.ts';

const tickets = 25_000;
const scans = 250;
const slowness = 4;
const port = 4398;
const by = { personId: null, name: 'bench' };
const folder = emptyFolder();
const env = settingsIn(folder, port);
const site = `http://localhost:${port}`;

let said = '';
const program = await startOnCores(
  '0,1',
  [process.execPath, programPath, 'start'],
  env,
  /Houselights runs/,
  (words) => {
    said += words;
  },
);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const marks = await sell();
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await becomeOwner(page);
  const began = performance.now();
  await page.goto(`${site}/admin/films/union/door/bench`);
  await page.locator('door-app[data-ready=yes]').waitFor({ timeout: 60_000 });
  console.log(`\n${machine()}; ${tickets} tickets, ready after ${Math.round(performance.now() - began)} ms`);
  await page.context().setOffline(true);
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.locator('.door-line[data-line=offline]').waitFor({ timeout: 30_000 });
  const { decided, shown } = await scanAll(page, marks);
  report('a scan decided', decided, 20);
  report('the same, kept on the device and shown', shown, null);
} finally {
  await browser.close();
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}

function report(what: string, took: readonly number[], mostMs: number | null): void {
  const sorted = took.toSorted((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const mark = mostMs === null ? ' ' : p99 <= mostMs ? '✓' : '✗';
  const target = mostMs === null ? '' : ` (target ${mostMs})`;
  const [middle, worst] = [median(took), sorted.at(-1) ?? 0];
  console.log(
    `${mark} ${what.padEnd(40)} median ${middle.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, worst ${worst.toFixed(1)} ms${target}`,
  );
}

/** Gives every ticket, and says what some hundred people show, evenly through the list. */
async function sell(): Promise<string[]> {
  const data = join(env.DATA_DIR, 'postgres');
  const connection: pg.ClientConfig = {
    host: join(data, 'sockets'),
    user: 'postgres',
    password: readFileSync(join(data, 'cluster/houselights-password'), 'utf8').trim(),
    database: 'houselights',
  };
  const database = await openDatabase(connection, { embedded: false });
  const film = (await inInstallation(database.kysely, films)).find(({ slug }) => slug === 'union');
  if (!film) throw new Error('no example film');
  const within = <T>(work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, film.id, work);
  const { screeningId, ticketTypeId } = await within((tx) => openDoor(tx, film.id));
  for (let given = 0; given < tickets; given += 2_500)
    await within((tx) => give(tx, film.id, screeningId, ticketTypeId, 25));
  const marks = await within(async (tx) => {
    const list = await doorList(tx, film.id, screeningId);
    const signer = await ticketSigner(tx, film.id, systemClock());
    return list
      .filter((_, at) => at % Math.floor(tickets / scans) === 0)
      .map(({ id, generation }) => signer.sign({ id, screeningId, generation }));
  });
  await database.close();
  return marks;
}

async function openDoor(tx: Tx, filmId: string): Promise<{ screeningId: string; ticketTypeId: string }> {
  const now = systemClock();
  const { id: screeningId } = await addScreening(tx, filmId, now, by, {
    ...{ slug: 'bench', kind: 'cinema', state: 'on sale', starts_at: '2040-12-20T19:00' },
    venue: { name: 'The Arena', city: 'Seattle', timezone: 'America/Los_Angeles' },
  });
  await setPlaces(tx, filmId, now, by, { screeningId, places: tickets });
  const draft: TicketTypeDraft = {
    ...{ name: 'General', about: null, kind: 'free', currency: 'USD', price: 0, perOrderMax: 100 },
    ...{ priceMin: null, priceMax: null, placesMax: null, saleFrom: null, saleUntil: null },
    needsCode: false,
  };
  return { screeningId, ticketTypeId: await addTicketType(tx, filmId, now, by, { screeningId, draft }) };
}

async function give(tx: Tx, filmId: string, screeningId: string, ticketTypeId: string, orders: number) {
  const now = systemClock();
  const requests = Array.from({ length: orders }, () => ({
    ...({ key: newSecret(), screeningId, gift: 0, code: '', channel: 'site', language: 'en' } as const),
    ...{ referral: null, choices: [{ ticketTypeId, quantity: 100, amount: null }] },
  }));
  const held = await placeHolds(tx, filmId, now, requests);
  await confirmOrders(tx, filmId, now, by, {
    bookedOn: now.toZonedDateTimeISO('UTC').toPlainDate(),
    confirmations: held.map((answer) => {
      if (answer.kind !== 'held') throw new Error('not held');
      const buyer = { name: 'Ada Okafor', address: null };
      return { orderId: answer.orderId, method: 'free' as const, buyer, guestNames: [] };
    }),
  });
}

async function becomeOwner(page: Page): Promise<void> {
  await page.goto(/https?:\/\/\S*\/setup\S*/.exec(said)?.[0] ?? '');
  await page.getByLabel('Your name').fill('Gus Lindqvist');
  await page.getByLabel('E-mail address').fill('gus@union.example');
  await page.getByLabel('Password').fill('seven boxes on a belt');
  await page.getByRole('button', { name: /owner/ }).click();
  await page.waitForURL(/\/admin\/films\//);
}

/** Types each code as a scanner does, 200 ms apart, and measures until the light has changed. */
async function scanAll(page: Page, marks: readonly string[]): Promise<Record<'decided' | 'shown', number[]>> {
  return await page.evaluate(async (texts) => {
    const input = document.querySelector<HTMLInputElement>('#door-typed');
    const light = document.querySelector('.door-light');
    if (input === null || light === null) throw new Error('no door');
    const took: number[] = [];
    for (const text of texts) {
      const shown = new Promise<void>((done) => {
        const seeing = new MutationObserver(() => {
          seeing.disconnect();
          done();
        });
        seeing.observe(light, { childList: true });
      });
      const from = performance.now();
      input.value = text;
      input.form?.requestSubmit();
      await shown;
      took.push(performance.now() - from);
      await new Promise((done) => setTimeout(done, 200));
    }
    const decided = performance.getEntriesByName('decided').map(({ duration }) => duration);
    return { decided, shown: took };
  }, marks);
}
