import { AxeBuilder } from '@axe-core/playwright';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { whyNotValid } from '../ground/html.ts';
import { besideProgram, fixedType, freeType, type OnSale, putOnSale } from '../ground/on-sale.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
const phone = { width: 390, height: 844 };

const hall = (city: string) => ({
  venue: {
    ...{ name: `${city} Labor Temple`, city, region: 'WA', country: 'US' },
    timezone: 'America/Los_Angeles',
  },
});
const later = { ...fixedType, saleFrom: Temporal.Now.instant().add({ hours: 48 }) };

await besideProgram(installation.connection, async (database, filmId) => {
  const sell = (slug: string, sold: Parameters<typeof putOnSale>[3]): Promise<OnSale> =>
    putOnSale(database, filmId, slug, sold);
  await sell('tacoma', { places: 2, types: [freeType], listing: hall('Tacoma') });
  await sell('yakima', { places: 40, types: [fixedType], listing: hall('Yakima') });
  await sell('everett', { places: 0, types: [fixedType], listing: hall('Everett') });
  await sell('olympia', { places: 40, types: [later], listing: hall('Olympia') });
  await sell('pasco', { places: 40, types: [{ ...fixedType, needsCode: true }], listing: hall('Pasco') });
});

it('leads from the list to places that are set aside, and everybody’s list says so, without script', async () => {
  const { page, complaints } = await browser.visitor({ javaScriptEnabled: false, viewport: phone });
  const ticket = page.locator('.ticket', { hasText: 'Tacoma' });
  await page.goto(`${program.url}/`);
  await page.getByRole('link', { name: 'All screenings' }).first().click();
  await ticket.getByRole('link', { name: 'Reserve a place: Tacoma, Tacoma Labor Temple' }).click();
  expect(new URL(page.url()).pathname).toBe('/screenings/tacoma/tickets');
  await page.getByLabel('RSVP').fill('2');
  await page.getByRole('button', { name: 'Set these places aside' }).click();
  expect(page.url()).toMatch(/\/orders\/[0-9A-Z]{8}\?key=/);
  expect(await page.textContent('main')).toMatch(/Your places are set aside until \d/);

  await page.goto(`${program.url}/screenings`);
  expect(await ticket.textContent()).toContain('Full just now');
  await ticket.getByRole('link', { name: 'Join the waitlist: Tacoma, Tacoma Labor Temple' }).click();
  expect(await page.textContent('h1')).toBe('Join the waitlist');
  expect(complaints).toEqual([]);
}, 60_000);

it('leads by Tab and Enter from a screening’s link to its one button', async () => {
  const { page } = await browser.visitor({ javaScriptEnabled: false, viewport: phone });
  await page.goto(`${program.url}/screenings`);
  const ticket = page.locator('.ticket', { hasText: 'Yakima' });
  await ticket.getByRole('link').first().focus();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Tickets: Yakima, Yakima Labor Temple',
  );
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/screenings\/yakima\/tickets/);
}, 60_000);

it('shows valid lists that everybody can read, in light and dark, in English and Spanish', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await browser.visitor({ colorScheme, viewport: { width: 320, height: 800 } });
    for (const path of ['/screenings', '/es/screenings', '/', '/screenings/tacoma', '/screenings/olympia']) {
      await page.goto(program.url + path);
      expect(await whyNotValid(await page.content())).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await page.goto(`${program.url}/es/screenings`);
    const said = (await page.textContent('.screenings-list')) ?? '';
    for (const words of [
      'A la venta desde el',
      'Unirse a la lista de espera',
      'Con código',
      'Tengo un código',
    ])
      expect(said).toContain(words);
  }
}, 120_000);
