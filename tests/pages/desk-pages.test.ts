import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { type Crawled, crawl } from '../ground/crawl.ts';
import { whyNotValid } from '../ground/html.ts';
import { besideProgram } from '../ground/on-sale.ts';
import { becomeOwner } from '../ground/owner.ts';
import { newInstallation, type Program } from '../ground/program.ts';
import { soldNight } from '../ground/sold.ts';

const browser = testBrowser();
const installation = await newInstallation();
let program: Program;
let signedIn: BrowserContextOptions;
let found: Crawled[];
const pages = () => found.filter(({ type, status }) => type.includes('html') && status === 200);

/** The first page of each kind: people, notices, screenings and inquiries have one template each. */
const kindsOfPages = () => {
  const seen = new Set<string>();
  return pages().filter(({ path }) => {
    const kind = path
      .replace(/^\/admin\/films\/[^/]+/, '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
      .replace(/\/inbox\/\w+/, '/inbox/one')
      .replace(/\/\d+/g, '/0')
      .replace(/\?.*/, '?');
    return !seen.has(kind) && seen.add(kind);
  });
};

// The draft's site is the public one, which is walked elsewhere; a mail carries its styles on its elements.
const mayFollow = (path: string) =>
  path.startsWith('/admin') && !/\/film\/draft|\/compare$|\/outbox\/[^/]+\/html$/.test(path);

beforeAll(async () => {
  program = await installation.start();
  const { page } = await browser.visitor();
  await becomeOwner(page, program);
  await installation.command(['demo', '--screenings', '6', '--inquiries', '12']);
  await besideProgram(installation.connection, (database, filmId) => soldNight(database, filmId, 'sold'));
  // Something in every list: a second revision, an invitation.
  await page.goto(`${program.url}/admin/films/union/film/facts`);
  await page.getByLabel('Year').fill('2025');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.goto(`${program.url}/admin/films/union/team`);
  await page.getByLabel('E-mail address').fill('finn@union.example');
  await page.getByLabel('Role', { exact: true }).last().selectOption('finance');
  await page.getByRole('button', { name: 'Invite' }).click();
  signedIn = { storageState: await page.context().storageState() };
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  found = await crawl(program.url, ['/admin', '/admin/account'], { headers: { cookie }, mayFollow });
}, 300_000);

describe('every page of the desk', () => {
  it('is there: no link leads nowhere', () => {
    const broken = found.filter(({ status }) => status >= 400);
    expect(broken.map(({ path, status, from }) => `${status} ${path} (from ${from})`)).toEqual([]);
    expect(kindsOfPages().length).toBeGreaterThan(40);
  });

  it('is valid HTML', async () => {
    const wrong: string[] = [];
    for (const { path, body } of kindsOfPages()) {
      for (const why of await whyNotValid(body)) wrong.push(`${path}: ${why}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('has no axe finding, in neither colour scheme', async () => {
    const { page, complaints } = await browser.visitor({
      ...signedIn,
      viewport: { width: 1280, height: 900 },
    });
    // What it frames is a public page, which is looked at by itself.
    await page.route(/\/media\/|\/film\/draft/, (route) => route.abort());
    const findings: string[] = [];
    for (const { path } of kindsOfPages()) {
      findings.push(...(await findingsOn(page, path)));
    }
    expect(findings).toEqual([]);
    expect(complaints.filter((words) => !words.includes('ERR_FAILED'))).toEqual([]);
  }, 600_000);

  it('has no axe finding at the door either, and fits a phone there', async () => {
    const { page } = await browser.visitor({ viewport: { width: 320, height: 640 } });
    const findings: string[] = [];
    for (const path of ['/admin/sign-in', '/admin/forgotten-password', '/admin/sign-in/link/none']) {
      findings.push(...(await findingsOn(page, path)));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) findings.push(`${path}: ${width} wide`);
    }
    expect(findings).toEqual([]);
  }, 60_000);

  it('fits a phone of 320 pixels without scrolling sideways', async () => {
    const { page } = await browser.visitor({ ...signedIn, viewport: { width: 320, height: 640 } });
    await page.route('**/media/**', (route) => route.abort());
    const wide: string[] = [];
    for (const { path } of kindsOfPages()) {
      await page.goto(program.url + path, { waitUntil: 'load' });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
  }, 300_000);
});

async function findingsOn(page: Page, path: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  // Sizes and colours are looked at when the styles are there.
  await page.goto(program.url + path, { waitUntil: 'load' });
  const light = await new AxeBuilder({ page }).withTags(axeTags).exclude('iframe').analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await new AxeBuilder({ page })
    .withRules(['color-contrast', 'link-in-text-block'])
    .exclude('iframe')
    .analyze();
  return [...light.violations, ...dark.violations].map(
    ({ id, nodes }) => `${path}: ${id} ${nodes[0]?.target.join(' ')}`,
  );
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
