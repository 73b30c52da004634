import type { Page } from 'playwright-core';
import { Temporal } from 'temporal-polyfill';
import { afterAll, expect, it } from 'vitest';
import { savePaymentKey } from '../../src/domain/boxoffice/index.ts';
import { inFilm } from '../../src/platform/database/database.ts';
import { testBrowser } from '../ground/browser.ts';
import { besideProgram, fixedType, putOnSale } from '../ground/on-sale.ts';
import { newInstallation } from '../ground/program.ts';
import { StripeServer } from '../ground/stripe/server.ts';

const browser = testBrowser();
const server = await new StripeServer().listen();
afterAll(() => server.close());
const installation = await newInstallation();
const program = await installation.start({ STRIPE_URL: server.url });
await besideProgram(installation.connection, (database, filmId) =>
  putOnSale(database, filmId, 'paid-night', { places: 20, types: [fixedType] }),
);

/** Chooses so many tickets and says who comes, up to the button that pays. */
async function choose(page: Page, quantity: number): Promise<void> {
  await page.goto(`${program.url}/screenings/paid-night/tickets`);
  await page.locator('[name^="q-"]').first().fill(String(quantity));
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  await page.getByLabel('Your name').fill('Ada Okafor');
  await page.getByLabel('Your e-mail address').fill('ada@union.example');
}

it('a buyer without script pays in the sandbox, after a declined card, and gives a ticket back', async () => {
  const { page } = await browser.visitor({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  await choose(page, 2);
  await page.getByRole('button', { name: 'Pay $30.00' }).click();
  await page.getByRole('heading', { name: 'Payment on trial' }).waitFor();
  expect(await page.textContent('main')).toContain('No money moves here');
  await page.getByRole('button', { name: 'Let the card be declined' }).click();
  expect(await page.textContent('main')).toContain('Nothing was charged');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByRole('heading', { name: 'You are coming' }).waitFor();
  await page.getByRole('link', { name: 'Give tickets back' }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Give back and get the money' }).click();
  await page.getByRole('heading', { name: 'You are coming' }).waitFor();
  expect(await page.textContent('main')).toContain('$15.00 goes back to you');
});

it('a buyer whose browser keeps no cookie goes to Stripe’s page, comes back without paying, and pays then', async () => {
  await besideProgram(installation.connection, (database, filmId) =>
    inFilm(database.kysely, filmId, (tx) =>
      savePaymentKey(
        tx,
        filmId,
        Temporal.Now.instant(),
        { personId: null, name: 'Ada' },
        { providerAccount: 'acct_union', isLive: false, secretKey: 'sk_test_union_4242' },
      ),
    ),
  );
  const { page, context } = await browser.visitor();
  await choose(page, 1);
  await page.getByRole('button', { name: 'Pay $15.00' }).click();
  await page.waitForURL(`${server.url}/pay/**`);
  await page.getByRole('button', { name: 'Use a declined card' }).click();
  await page.getByRole('link', { name: 'Back' }).click();
  await page.getByRole('link', { name: 'Open the payment page' }).click();
  await page.waitForURL(`${server.url}/pay/**`);
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByRole('heading', { name: 'You are coming' }).waitFor();
  expect(await context.cookies()).toEqual([]);
  expect(server.callsTo('/v1/checkout/sessions')).toHaveLength(1);
});
