import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { setPlaces } from '../../src/domain/boxoffice/index.ts';
import { inFilm } from '../../src/platform/database/database.ts';
import { testBrowser } from '../ground/browser.ts';
import { buyerAt, confirmAt } from '../ground/buyers.ts';
import { openMailbox } from '../ground/mailbox.ts';
import { besideProgram, freeType, putOnSale } from '../ground/on-sale.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
const { linkIn } = await openMailbox(installation);

const cleo = { personId: null, name: 'Cleo Marsh' };
const sale = await besideProgram(installation.connection, (database, filmId) =>
  putOnSale(database, filmId, 'dayton', { places: 2, types: [freeType] }),
);
const setTo = (places: number) =>
  besideProgram(installation.connection, (database, filmId) =>
    inFilm(database.kysely, filmId, (tx) =>
      setPlaces(tx, filmId, Temporal.Now.instant(), cleo, { screeningId: sale.id, places }),
    ),
  );

it('A9 somebody waits, is offered a place when one comes back, and takes it; the next gives theirs up', async () => {
  const bought = await buyerAt(program, 'dayton', { [`q-${sale.typeIds[0]}`]: '2' });
  expect(await confirmAt(program, bought)).toBe(303);

  const { page } = await browser.visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const join = async (address: string) => {
    await page.goto(`${program.url}/screenings/dayton`);
    await page.getByRole('link', { name: 'Join the waitlist' }).click();
    await page.getByLabel('Your e-mail address').fill(address);
    await page.getByRole('button', { name: 'Join the waitlist' }).click();
    expect(await page.textContent('h1')).toBe('You are in line');
  };
  await join('ann@example.org');
  await join('bob@example.org');
  await page.goto(await linkIn('bob@example.org', 'on the waitlist'));
  expect(await page.textContent('main')).toContain('One is before you.');

  await setTo(3);
  const offer = await linkIn('ann@example.org', 'a place for you');
  await page.goto(offer);
  expect(await page.textContent('h1')).toBe('A place is kept for you');
  // To everybody else the house is full.
  expect((await buyerAt(program, 'dayton', { [`q-${sale.typeIds[0]}`]: '1' })).status).toBe(409);
  await page.getByRole('link', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  await page.getByLabel('Your name').fill('Ann');
  await page.getByLabel('Your e-mail address').fill('ann@example.org');
  await page.getByRole('button', { name: 'Get the tickets' }).click();
  expect(await page.textContent('h1')).toBe('You are coming');
  await page.goto(offer);
  expect(await page.textContent('h1')).toBe('You took the offer');

  await setTo(4);
  await page.goto(await linkIn('bob@example.org', 'a place for you'));
  await page.getByRole('button', { name: 'I do not need it any more' }).click();
  expect(await page.textContent('h1')).toBe('You are out of the line');
  expect((await buyerAt(program, 'dayton', { [`q-${sale.typeIds[0]}`]: '1' })).status).toBe(303);
}, 120_000);
