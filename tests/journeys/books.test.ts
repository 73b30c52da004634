import { expect, it } from 'vitest';
import { cast, castPassword } from '../cast.ts';
import { testBrowser } from '../ground/browser.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();

/** Without script, on a phone: the whole of it works with forms and links. */
it('whoever keeps the books enters money, mends a mistake, and reads a cost back to its entries', async () => {
  const { page, complaints } = await browser.visitor({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  const enter = async (memo: string, from: string, to: string, amount: string) => {
    await page.goto(`${program.url}/admin/films/union/books`);
    await page.getByRole('link', { name: 'Enter money' }).click();
    await page.getByLabel('What it was for').fill(memo);
    await page.getByLabel('From').selectOption({ label: from });
    await page.getByLabel('To', { exact: true }).selectOption({ label: to });
    await page.getByLabel('Amount').fill(amount);
    await page.getByRole('button', { name: 'Enter it' }).click();
  };
  const main = async () => (await page.textContent('main')) ?? '';

  await page.goto(program.setupUrl ?? '');
  await page.getByLabel('Your name').fill(cast.finn.name);
  await page.getByLabel('E-mail address').fill(cast.finn.address);
  await page.getByLabel('Password').fill(castPassword);
  await page.getByRole('button', { name: 'Make me the owner' }).click();
  await page.waitForURL(/\/admin/);

  await enter('What we put in', 'Put in by the makers', 'Bank', '25,000');
  expect(await main()).toContain('It stands in the books.');
  await enter('Posters, bill 2291', 'Bank', 'Publicity', 'eighteen');
  expect(await main()).toContain('An amount of USD above zero, in figures alone, such as 1,234.50');
  expect(await page.getByLabel('What it was for').inputValue()).toBe('Posters, bill 2291');
  await page.getByLabel('Amount').fill('18,400.50');
  await page.getByRole('button', { name: 'Enter it' }).click();

  // A nought too many: taken back, and entered anew.
  await page.getByRole('button', { name: 'Take it back' }).click();
  expect(await main()).toContain('It is taken back');
  await enter('Posters, bill 2291', 'Bank', 'Publicity', '1,840.50');

  await page.goto(`${program.url}/admin/films/union/books`);
  const balances = await main();
  expect(balances).toMatch(/What the film has\$23,159\.50/);
  expect(balances).toMatch(/Not yet earned back\$1,840\.50/);
  await page.getByRole('link', { name: 'Publicity' }).click();
  expect(await page.getByRole('link', { name: 'Posters, bill 2291' }).count()).toBe(3);
  await page.getByRole('link', { name: 'Posters, bill 2291' }).first().click();
  expect(await main()).toMatch(/Publicity\$1,840\.50/);
  // The form stands below every account; a refusal of it leads there.
  await page.goto(`${program.url}/admin/films/union/books/accounts`);
  await page.getByLabel('Name').fill('!!!');
  await page.getByLabel('Kind').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Open it' }).click();
  const refusal = page.getByRole('alert');
  await expect.poll(() => refusal.evaluate((element) => element === document.activeElement)).toBe(true);
  await expect.poll(async () => (await refusal.boundingBox())?.y).toBeLessThan(844);

  for (const path of ['', '/journal', '/accounts', '/accounts/bank', '/entry']) {
    await page.goto(`${program.url}/admin/films/union/books${path}`);
    expect(await page.locator('main').evaluate((element) => element.scrollWidth <= innerWidth)).toBe(true);
  }
  // A browser notes each form that came back; nothing else may be amiss.
  expect(complaints.filter((words) => !words.includes('422'))).toEqual([]);
}, 120_000);
