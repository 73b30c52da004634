import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import {
  addTicketType,
  confirmOrders,
  doorCounts,
  doorList,
  type ListedTicket,
  placeHolds,
  setPlaces,
  ticketSigner,
} from '../../src/domain/boxoffice/index.ts';
import { asks } from '../../src/domain/boxoffice/test-ground.ts';
import { films } from '../../src/domain/film/index.ts';
import { addScreening } from '../../src/domain/screenings/index.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { inFilm, inInstallation, openDatabase, type Tx } from '../../src/platform/database/database.ts';
import { qrPath, qrRuns } from '../../src/ui/qr.ts';
import { testBrowser } from '../ground/browser.ts';
import { owner as ada, becomeOwner } from '../ground/owner.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
const database = await openDatabase(installation.connection, { embedded: false });
afterAll(() => database.close());
const by = { personId: null, name: 'Cleo Marsh' };
const phone = { viewport: { width: 390, height: 844 } };

type Door = {
  readonly url: string;
  readonly tickets: readonly ListedTicket[];
  readonly marks: readonly string[];
  counts(): Promise<{ admitted: number; conflicts: number }>;
};

/** A screening of the example film with so many tickets given, each to a guest of its own name. */
async function openDoor(slug: string, count: number): Promise<Door> {
  const film = (await inInstallation(database.kysely, films)).find((each) => each.slug === 'union');
  if (!film) throw new Error('no example film');
  const within = <T>(work: (tx: Tx) => Promise<T>) => inFilm(database.kysely, film.id, work);
  const now = systemClock();
  const made = await within(async (tx) => {
    const { id } = await addScreening(tx, film.id, now, by, {
      ...{ slug, kind: 'cinema', state: 'on sale', starts_at: '2040-12-20T19:00' },
      venue: { name: 'Northwest Film Forum', city: 'Seattle', timezone: 'America/Los_Angeles' },
    });
    await setPlaces(tx, film.id, now, by, { screeningId: id, places: count });
    const ticketTypeId = await addTicketType(tx, film.id, now, by, {
      screeningId: id,
      draft: {
        ...{ name: 'General', about: null, kind: 'free', currency: 'USD', price: 0, perOrderMax: 100 },
        ...{ priceMin: null, priceMax: null, placesMax: null, saleFrom: null, saleUntil: null },
        needsCode: false,
      },
    });
    const [held] = await placeHolds(tx, film.id, now, [asks(id, [{ ticketTypeId, quantity: count }])]);
    if (held?.kind !== 'held') throw new Error('not held');
    const guestNames = Array.from({ length: count }, (_, at) => `Guest ${String.fromCharCode(65 + at)}`);
    await confirmOrders(tx, film.id, now, by, {
      bookedOn: now.toZonedDateTimeISO('UTC').toPlainDate(),
      confirmations: [
        { orderId: held.orderId, method: 'free', buyer: { name: 'Ada', address: null }, guestNames },
      ],
    });
    const signer = await ticketSigner(tx, film.id, now);
    const tickets = await doorList(tx, film.id, id);
    const marks = tickets.map(({ id: ticketId, generation }) =>
      signer.sign({ id: ticketId, screeningId: id, generation }),
    );
    return { id, tickets, marks };
  });
  return {
    ...made,
    url: `${program.url}/admin/films/union/door/${slug}`,
    counts: () => within((tx) => doorCounts(tx, film.id, made.id)),
  };
}

const light = (page: Page) => page.locator('.door-light');
const says = (page: Page, reason: string) =>
  expect.poll(() => light(page).getAttribute('data-reason'), { timeout: 10_000 }).toBe(reason);

/** As a scanner that types: wherever the focus is, the characters, then Enter. */
async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function open(page: Page, door: Door): Promise<void> {
  await page.goto(door.url);
  await page.locator('door-app[data-ready=yes]').waitFor();
}

it('F1 F2 two phones without a network let the same ticket in; back in it, one is first and the conflict is shown', async () => {
  const owner = await browser.visitor(phone);
  await becomeOwner(owner.page, program);
  const door = await openDoor('offline-night', 4);
  const storageState = await owner.context.storageState();
  const [one, other] = await Promise.all([0, 1].map(() => browser.visitor({ ...phone, storageState })));
  if (!one || !other) throw new Error('no phones');
  for (const { page } of [one, other]) {
    await open(page, door);
    await page.waitForFunction(async (url) => (await caches.match(url)) !== undefined, door.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  }

  await one.context.setOffline(true);
  await other.context.setOffline(true);
  for (const { page } of [one, other]) {
    await scan(page, door.marks[0] ?? '');
    await says(page, 'admitted');
    await expect.poll(() => page.locator('.door-line').textContent()).toContain('Offline');
    await expect.poll(() => page.locator('.door-line').textContent()).toContain('One scan waits to be sent');
  }
  // F5: nonsense between two tickets stops nothing.
  await scan(one.page, 'Z'.repeat(151));
  await says(one.page, 'no_ticket');
  await scan(one.page, door.marks[1] ?? '');
  await says(one.page, 'admitted');
  await scan(one.page, door.marks[1] ?? '');
  await says(one.page, 'already_in');

  // The battery dies: the page, the list and the scans are still there, without a network.
  await one.page.reload();
  await one.page.locator('door-app[data-ready=yes]').waitFor();
  await expect.poll(() => one.page.locator('.door-line').textContent()).toContain('scans wait to be sent');
  await scan(one.page, door.marks[0] ?? '');
  await says(one.page, 'already_in');
  await one.page.getByLabel('Ticket code or name').fill('guest c');
  await one.page.getByRole('button', { name: 'Let in Guest C' }).click();
  await says(one.page, 'admitted');

  await one.context.setOffline(false);
  await expect.poll(() => one.page.locator('.door-line').textContent(), { timeout: 15_000 }).toBe('Online.');
  await other.context.setOffline(false);
  await expect
    .poll(() => other.page.locator('.door-line').textContent(), { timeout: 15_000 })
    .toBe('Online.');
  for (const { page } of [one, other])
    await expect
      .poll(() => page.locator('.door-conflicts').textContent(), { timeout: 15_000 })
      .toContain('Guest A');
  expect(await door.counts()).toMatchObject({ admitted: 3, conflicts: 1 });
  await expect.poll(() => other.page.locator('.door-counts').textContent()).toBe('3 inside of 4');

  await owner.page.goto(`${door.url}/record?only=conflicts`);
  const record = (await owner.page.textContent('main')) ?? '';
  expect(record.match(/Guest A/g)).toHaveLength(2);
  expect(record).toContain('Conflict: let in again');
  // A browser notes every request that found no network; nothing else may be amiss.
  const amiss = [...one.complaints, ...other.complaints, ...owner.complaints];
  expect(amiss.filter((words) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(words))).toEqual([]);
}, 120_000);

it('online, what one phone lets in the next one knows at once; taken back, it may come in again', async () => {
  const { page, context } = await browser.visitor(phone);
  await signIn(page);
  const door = await openDoor('online-night', 2);
  const storageState = await context.storageState();
  const other = await browser.visitor({ ...phone, storageState });
  await open(page, door);
  await open(other.page, door);
  await scan(page, door.tickets[0]?.code.toLowerCase().replaceAll('-', ' ') ?? '');
  await says(page, 'admitted');
  await scan(other.page, door.marks[0] ?? '');
  await says(other.page, 'already_in');
  expect(await light(other.page).textContent()).toContain('Let in just now at');
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect.poll(door.counts).toMatchObject({ admitted: 0 });
  await scan(other.page, door.marks[0] ?? '');
  await says(other.page, 'admitted');
  await expect
    .poll(() => page.locator('.door-counts').textContent(), { timeout: 15_000 })
    .toBe('1 inside of 2');
}, 60_000);

it('reads a ticket from the camera’s picture, with a decoder of our own', async () => {
  const { page: first, context } = await browser.visitor();
  await signIn(first);
  const door = await openDoor('camera-night', 1);
  const code = qrRuns(door.marks[0] ?? '');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#9a9a9a"/><g transform="translate(120,40) rotate(7 200 200) scale(${400 / code.size})"><rect width="${code.size}" height="${code.size}" fill="#f4f1ea"/><path d="${qrPath(code)}" fill="#222"/></g></svg>`;
  const frame = await sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
  const film = join(program.dataDir, 'camera.mjpeg');
  writeFileSync(film, Buffer.concat(Array.from({ length: 30 }, () => frame)));
  const own = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream'],
      ...['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`],
    ],
  });
  try {
    const page = await (
      await own.newContext({ storageState: await context.storageState(), ...phone })
    ).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await open(page, door);
    await page.getByRole('button', { name: 'Scan with the camera' }).click();
    await says(page, 'admitted');
    expect(await light(page).textContent()).toContain('Guest A');
    expect(complaints).toEqual([]);
  } finally {
    await own.close();
  }
}, 60_000);

async function signIn(page: Page): Promise<void> {
  await page.goto(`${program.url}/admin/sign-in`);
  await page.getByLabel('E-mail address').first().fill(ada.address);
  await page.getByLabel('Password').fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await page.waitForURL(/\/admin\/films\//);
}
