import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { whyNotValid } from '../ground/html.ts';
import { besideProgram, freeType, putOnSale, pwywType } from '../ground/on-sale.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
await besideProgram(installation.connection, (database, filmId) =>
  putOnSale(database, filmId, 'seattle', { places: 40, types: [freeType, pwywType] }),
);

const phone = { width: 390, height: 844 };

/** With and without script, with cookies refused, in both languages' pages of one site. */
describe.each([true, false])(
  'C23 somebody reserves places, with script %s and no cookie',
  (javaScriptEnabled) => {
    it('chooses, says who comes, and has tickets; the way back makes no second order', async () => {
      const { page, context, complaints } = await browser.visitor({ javaScriptEnabled, viewport: phone });
      await page.goto(`${program.url}/screenings/seattle`);
      await page.getByLabel('RSVP').fill('2');
      await page.getByRole('button', { name: 'Continue' }).click();
      expect(await page.getByLabel('RSVP').inputValue()).toBe('2');
      await page.getByLabel('RSVP').fill('1e3');
      await page.getByLabel('RSVP').fill('3');
      await page.getByRole('button', { name: 'Set these places aside' }).click();
      expect(page.url()).toMatch(/\/orders\/[0-9A-Z]{8}\?key=/);
      const order = page.url();
      expect(await page.textContent('main')).toMatch(/Your places are set aside until \d/);

      // Back, and another choice: the same order says something else.
      await page.goBack();
      await page.getByLabel('RSVP').fill('2');
      await page.getByRole('button', { name: 'Set these places aside' }).click();
      expect(page.url()).toBe(order);
      expect(await page.textContent('.order-summary')).toContain('2 × RSVP');

      await page.getByLabel('Your name').fill('Grace Moore');
      await page.getByLabel('Your e-mail address').fill('grace@example.org');
      await page.getByText('Name who comes with you').click();
      await page.getByLabel('Ticket 2, RSVP: name').fill('Dot');
      await page.getByRole('button', { name: 'Get the tickets' }).click();
      expect(page.url()).toBe(order);
      const said = (await page.textContent('main')) ?? '';
      expect(said).toContain('on their way to grace@example.org');
      expect(said).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-2\s*For Dot/);

      // The form once more, from a page that was kept: nothing happens twice.
      await page.goBack();
      await page.reload();
      expect(await page.locator('.order-ticket').count()).toBe(2);
      expect(await context.cookies()).toEqual([]);
      // A form that came back is noted by the browser; nothing else may be amiss.
      expect(complaints.filter((words) => !/4(09|22)/.test(words))).toEqual([]);
    }, 60_000);
  },
);

it('says beside the field what is wrong, and keeps what was typed', async () => {
  const { page } = await browser.visitor({ javaScriptEnabled: false, viewport: phone });
  await page.goto(`${program.url}/screenings/seattle/tickets`);
  await page.getByLabel('What you can: how many', { exact: false });
  await page.locator('.quantity').nth(1).fill('2');
  await page.getByLabel('What you can: what you give for each').fill('ten');
  await page.getByLabel('Code').fill('no such');
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  expect(await page.textContent('main')).toContain('An amount, such as 10 or 12.50.');
  expect(await page.getByLabel('What you can: what you give for each').inputValue()).toBe('ten');
  await page.getByLabel('What you can: what you give for each').fill('0');
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  expect(await page.textContent('main')).toContain('No code of this film reads like that');
  await page.getByLabel('Code').fill('');
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  await page.getByLabel('Your name').fill(' ');
  await page.getByLabel('Your e-mail address').fill('grace');
  await page.locator('form').evaluate((form: HTMLFormElement) => form.setAttribute('novalidate', ''));
  await page.getByRole('button', { name: 'Get the tickets' }).click();
  const said = (await page.textContent('main')) ?? '';
  expect(said).toContain('Your name is needed at the door.');
  expect(said).toContain('This does not look like name@example.org.');
  expect(await page.getByLabel('Your e-mail address').inputValue()).toBe('grace');
}, 60_000);

it('shows valid pages that everybody can use: choosing, the order, its tickets', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await browser.visitor({ colorScheme, viewport: { width: 320, height: 800 } });
    const look = async () => {
      expect(await whyNotValid(await page.content())).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    };
    await page.goto(`${program.url}/screenings/seattle`);
    await look();
    await page.goto(`${program.url}/screenings/seattle/tickets`);
    await look();
    await page.locator('.quantity').first().fill('2');
    await page.getByRole('button', { name: 'Set these places aside' }).click();
    await look();
    await page.getByLabel('Your name').fill('Grace Moore');
    await page.getByLabel('Your e-mail address').fill('grace@example.org');
    await page.getByRole('button', { name: 'Get the tickets' }).click();
    await look();
  }
}, 120_000);
