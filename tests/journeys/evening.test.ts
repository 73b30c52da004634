import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { addScreeningInForm } from '../ground/add-screening.ts';
import { testBrowser } from '../ground/browser.ts';
import { openMailbox } from '../ground/mailbox.ts';
import { becomeOwner } from '../ground/owner.ts';
import { newInstallation } from '../ground/program.ts';
import { collectEvents, webhookSecret } from '../ground/stripe/events.ts';
import { StripeServer } from '../ground/stripe/server.ts';

const browser = testBrowser();
const stripe = await new StripeServer().listen();
const events = collectEvents(stripe);
const installation = await newInstallation();
const program = await installation.start({ STRIPE_URL: stripe.url });
const { client: mailbox, linkIn } = await openMailbox(installation);
afterAll(() => stripe.close());

const desk = `${program.url}/admin/films/union`;
const main = async (page: Page) => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const codesOn = async (page: Page) => [
  ...new Set((await main(page)).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-\d/g) ?? []),
];
let screeningPage = '';

/** Whatever Stripe has to say goes to the program, each event twice. */
async function tellEvents(): Promise<void> {
  for (const { body, signature } of events.splice(0).flatMap((event) => [event, event])) {
    const headers = { 'stripe-signature': signature, 'content-type': 'application/json' };
    const answer = await fetch(`${program.url}/webhooks/stripe`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
  }
}

/** A buyer with a browser of their own, without script or with it. */
async function buyer(javaScriptEnabled: boolean): Promise<Page> {
  const { page } = await browser.visitor({ javaScriptEnabled, viewport: { width: 390, height: 844 } });
  return page;
}

/** From the screening's page to places set aside for somebody. */
async function choose(page: Page, wishes: Readonly<Record<string, string>>, name: string): Promise<void> {
  await page.goto(screeningPage);
  await press(page, 'Continue');
  for (const [label, value] of Object.entries(wishes))
    await page
      .getByLabel(label, { exact: /^(General|What you can|RSVP)$/.test(label) })
      .first()
      .fill(value);
  await press(page, 'Set these places aside');
  await sayWho(page, name);
}

async function sayWho(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Your e-mail address').fill(`${name.split(' ')[0]?.toLowerCase()}@example.org`);
}

async function payByCard(page: Page, amount: string): Promise<void> {
  await press(page, `Pay ${amount}`);
  const open = page.getByRole('link', { name: 'Open the payment page' });
  if (await open.isVisible()) await open.click();
  await page.waitForURL(`${stripe.url}/pay/**`);
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await isComing(page);
}

async function isComing(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'You are coming' }).waitFor();
}

/** The owner, at the desk: the film's account, invoices, a rule of the fund, and a night on sale. */
async function openTheHouse(page: Page): Promise<string> {
  await becomeOwner(page, program);
  await page.goto(`${desk}/payments`);
  await page.getByLabel('Secret key').fill('sk_test_union_4242');
  await press(page, 'Keep the key');
  await page.getByLabel('Signing secret').fill(webhookSecret);
  await press(page, 'Keep the secret');
  await page.goto(`${desk}/box-office-rules`);
  await page.getByLabel('Days to pay an invoice in').fill('14');
  await press(page, 'Save');
  await page.goto(`${desk}/fund/rules/new`);
  await press(page, 'Save the rule');
  const id = await addScreeningInForm(page, desk, { weeks: 4, venue: 'Northwest Film Forum' });
  await page.goto(`${desk}/screenings/${id}/tickets`);
  await page.getByLabel('How many places are there?').fill('7');
  await press(page, 'Keep this');
  await addType(page, 'General', 'fixed', { price: '15' });
  await addType(page, 'What you can', 'pwyw', { price: '10', price_min: '0', price_max: '50' });
  await addType(page, 'RSVP', 'free', {});
  await press(page, 'Put it on sale');
  await page.getByRole('link', { name: 'See its page' }).click();
  screeningPage = page.url();
  return id;
}

async function addType(
  page: Page,
  name: string,
  kind: string,
  prices: Readonly<Record<string, string>>,
): Promise<void> {
  await page.getByRole('link', { name: 'Add a ticket type' }).click();
  await page.getByLabel('Name (en)').fill(name);
  await page.locator(`[name=kind][value=${kind}]`).check();
  for (const [field, price] of Object.entries(prices)) await page.locator(`[name=${field}]`).fill(price);
  await press(page, 'Add it');
}

it('a whole evening: put on sale, bought in every way, given back, taken up, let in, and read in the books', async () => {
  const { page: owner, context } = await browser.visitor();
  const night = await openTheHouse(owner);

  const asha = await buyer(false);
  await choose(asha, { General: '2', 'Add a gift': '20' }, 'Asha Bell');
  await payByCard(asha, '$50.00');
  const ben = await buyer(true);
  await choose(ben, { General: '1' }, 'Ben Ruiz');
  await press(ben, 'Pay by invoice within 14 days');
  await isComing(ben);
  const cara = await buyer(true);
  await choose(cara, { 'What you can': '1', 'What you can: what you give for each': '7' }, 'Cara Lund');
  await payByCard(cara, '$7.00');
  const dev = await buyer(false);
  await choose(dev, { RSVP: '1' }, 'Dev Rao');
  await press(dev, 'Get the tickets');
  await isComing(dev);

  const eve = await buyer(false);
  await eve.goto(screeningPage);
  await eve.getByRole('link', { name: 'I need a free place' }).click();
  await eve.getByLabel(/General/).check();
  await press(eve, 'Continue');
  await eve.getByLabel('A name for the door').fill('E.');
  await press(eve, 'Claim this place');
  await isComing(eve);

  await owner.goto(`${desk}/screenings/${night}/sale`);
  await owner.getByLabel('General: how many').fill('1');
  await owner.getByLabel('Name').fill('Gus Cash');
  await press(owner, 'Sell and give the tickets');

  const fay = await buyer(false);
  await fay.goto(screeningPage);
  await fay.getByRole('link', { name: 'Join the waitlist' }).click();
  await fay.getByLabel('Your e-mail address').fill('fay@example.org');
  await press(fay, 'Join the waitlist');
  await asha.getByRole('link', { name: 'Give tickets back' }).click();
  await asha.getByRole('checkbox').first().check();
  await press(asha, 'Give back and get the money');
  await expect.poll(() => stripe.callsTo('/v1/refunds').length).toBe(1);
  await tellEvents();
  await fay.goto(await linkIn('fay@example.org', 'a place for you'));
  await fay.getByRole('link', { name: 'Take it' }).click();
  await fay.getByLabel('General', { exact: true }).fill('1');
  await press(fay, 'Set these places aside');
  await sayWho(fay, 'Fay Novak');
  await payByCard(fay, '$15.00');

  await owner.goto(`${desk}/payments`);
  await press(owner, 'It was paid');
  expect(await main(owner)).toContain('The invoice is paid; the books know it.');
  const storageState = await context.storageState();
  const phone = { viewport: { width: 390, height: 844 }, storageState };
  const phones = [(await browser.visitor(phone)).page, (await browser.visitor(phone)).page];
  const [gone = '', still = ''] = await codesOn(asha);
  const [[fays = ''], [eves = '']] = [await codesOn(fay), await codesOn(eve)];
  await atTheDoor(phones, { gone, ada: still, fay: fays, eve: eves });
  await readTheBooks(owner);
  const { rows } = await mailbox.query(
    `select to_address from mail where subject like '%ticket%' and to_address = 'ben@example.org'`,
  );
  expect(rows.length).toBe(1);
}, 240_000);

type Codes = Readonly<Record<'gone' | 'ada' | 'fay' | 'eve', string>>;

/** Two phones without a network; then with it. */
async function atTheDoor(phones: readonly Page[], codes: Codes): Promise<void> {
  const [one, other] = phones;
  if (!one || !other) throw new Error('no phones');
  const url = `${desk}/door/${slugOf(screeningPage)}`;
  const scan = async (page: Page, code: string, reason: string) => {
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.door-light').getAttribute('data-reason')).toBe(reason);
  };
  for (const page of phones) {
    await page.goto(url);
    await page.locator('door-app[data-ready=yes]').waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
  }
  await scan(one, codes.fay, 'admitted');
  await scan(other, codes.fay, 'admitted');
  await scan(one, codes.gone, 'cancelled');
  await scan(one, codes.ada, 'admitted');
  await scan(other, codes.eve, 'admitted');
  for (const page of phones) await page.context().setOffline(false);
  for (const page of phones) {
    const words = (part: string) => page.locator(part).textContent();
    await expect.poll(() => words('.door-line'), { timeout: 20_000 }).toBe('Online.');
    await expect.poll(() => words('.door-conflicts'), { timeout: 20_000 }).toContain('Fay Novak');
    await expect.poll(() => words('.door-counts'), { timeout: 20_000 }).toBe('3 inside of 7');
  }
}

const slugOf = (address: string) => address.split('/').at(-1) ?? '';

/** One ticket's money, from the screening's page to the trial balance; and all of the evening's. */
async function readTheBooks(page: Page): Promise<void> {
  await page.goto(screeningPage);
  expect(await main(page)).toContain('General$15.00');
  await page.goto(`${desk}/orders?search=bell`);
  await page.getByRole('link', { name: 'Asha Bell' }).click();
  const order = await main(page);
  expect(order).toMatch(/Payment processor\$50\.00Ticket income\$30\.00Solidarity fund\$20\.00/);
  expect(order).toMatch(/Processing fees\$1\.75Payment processor\$1\.75/);
  expect(order).toMatch(/Refund, .*Ticket income\$15\.00Payment processor\$15\.00/);
  await page.getByRole('link', { name: /^Order, / }).click();
  expect(await main(page)).toContain('Ticket income');
  await page.getByRole('link', { name: 'Ticket income' }).first().click();
  expect(await main(page)).toContain('$82.00');
  await page.goto(`${desk}/sales`);
  expect(await page.locator('tfoot').textContent()).toContain('7$82.00$2.99$79.01$5.00');

  // Cards 50 + 7 + 15, less 15 given back and the fees; the invoice in the bank, the desk's sale in the cash box; of the
  // gift of 20 the fund has paid one place of 15.
  await page.goto(`${desk}/books`);
  const balance = (await main(page)).split('Trial balance')[1] ?? '';
  for (const line of ['Bank$15.00', 'Payment processor$54.01', 'Cash box$15.00', 'not yet paid$0.00'])
    expect(balance).toContain(line);
  for (const line of ['Solidarity fund$5.00', 'Ticket income$82.00', 'Processing fees$2.99'])
    expect(balance).toContain(line);
  expect(balance).toContain('Both sides$87.00$87.00');
}
