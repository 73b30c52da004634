import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addScreeningInForm } from '../ground/add-screening.ts';
import { testBrowser } from '../ground/browser.ts';
import { becomeOwner } from '../ground/owner.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
const desk = `${program.url}/admin/films/union`;

const main = async (page: Page) => (await page.textContent('main')) ?? '';
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

/** Without script, on a phone: the whole of it works with forms and links. */
it('whoever runs the box office sells out of nothing, moves the night, tells everybody, and reads what it brought', async () => {
  const { page, complaints } = await browser.visitor({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  await becomeOwner(page, program);

  // From nothing to a sale, by what the pages say.
  const night = await addScreeningInForm(page, desk, { weeks: 4, venue: 'Northwest Film Forum' });
  await page.getByRole('link', { name: 'Tickets', exact: true }).last().click();
  await page.getByLabel('How many places are there?').fill('40');
  await press(page, 'Keep this');
  await page.getByRole('link', { name: 'Add a ticket type' }).click();
  await page.getByLabel('Name (en)').fill('General');
  await page.locator('[name=price]').fill('15');
  await press(page, 'Show what buyers read');
  expect(await page.locator('.as-read').textContent()).toContain('$15.00');
  await press(page, 'Add it');
  await press(page, 'Put it on sale');
  expect(await main(page)).toContain('Anybody can buy on its page.');
  await page.getByRole('link', { name: 'See its page' }).click();
  expect(await main(page)).toContain('$15.00');

  // A second night to go to, with the types of the first.
  const other = await addScreeningInForm(page, desk, { weeks: 5, venue: 'Grand Illusion' });
  await page.goto(`${desk}/screenings/${other}/tickets`);
  await press(page, 'Copy them');
  expect(await main(page)).toContain('Copied');
  await press(page, 'Put it on sale');

  // Sold at the desk, and at the door with one press.
  await page.goto(`${desk}/screenings/${night}/sale`);
  await page.getByLabel('General: how many').fill('2');
  await page.getByLabel('Name').fill('Ada Okafor');
  await page.getByLabel('E-mail address').fill('ada@buyer.example');
  await press(page, 'Sell and give the tickets');
  expect(await main(page)).toContain('2 places, $30.00');
  await page.getByRole('link', { name: 'Big buttons for the door' }).click();
  await press(page, /^3/);
  expect(await main(page)).toContain('3 places, $45.00');
  expect(await main(page)).toContain('35 of 40 places are free');

  // Moved in its form: who has tickets is told, and chooses.
  await page.goto(`${desk}/screenings/${night}`);
  await page.locator('[name=time]').fill('21:00');
  await press(page, 'Save');
  expect(await main(page)).toContain('People with tickets do not know it yet');
  expect(await main(page)).toContain('One order has no address to write to');
  await page.getByLabel('In your own words').fill('The captions need an hour more.');
  await press(page, /^Tell/);
  await expect
    .poll(async () => {
      await page.goto(`${desk}/outbox`);
      return await page.getByRole('link', { name: /has moved/ }).count();
    })
    .toBe(1);
  await page.getByRole('link', { name: /has moved/ }).click();
  const link = /https?:\/\/\S+\/change\?key=\S{22}/.exec(await main(page))?.[0] ?? '';

  const { page: buyer } = await browser.visitor({ javaScriptEnabled: false });
  await buyer.goto(link);
  expect(await main(buyer)).toContain('The captions need an hour more.');
  await buyer.getByLabel(/Grand Illusion/).check();
  await press(buyer, 'Exchange them');
  expect(await main(buyer)).toContain('Your tickets are exchanged');

  await page.goto(`${desk}/screenings/${night}/change`);
  expect(await main(page)).toContain('Exchanged');
  await page.goto(`${desk}/orders?search=okafor`);
  await page.getByRole('link', { name: 'Ada Okafor' }).click();
  expect(await main(page)).toContain('Chose what becomes of the tickets');

  // What it brought, by night, is what the books say.
  await page.goto(`${desk}/sales`);
  expect(await page.locator('tfoot').textContent()).toMatch(/5.*\$75\.00/);
  await page.goto(`${desk}/books`);
  expect(await main(page)).toMatch(/Ticket income\$75\.00/);

  for (const path of [`/screenings/${night}/tickets`, `/screenings/${night}/change`, '/orders', '/sales']) {
    await page.goto(desk + path);
    expect(await page.locator('main').evaluate((element) => element.scrollWidth <= innerWidth)).toBe(true);
  }
  expect(complaints).toEqual([]);
}, 180_000);
