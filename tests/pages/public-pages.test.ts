import { AxeBuilder } from '@axe-core/playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { type Crawled, crawl } from '../ground/crawl.ts';
import { whyNotValid } from '../ground/html.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
let site: Program;
let found: Crawled[];
const pages = () => found.filter(({ type, status }) => type.includes('html') && status === 200);

/** Of the screenings' pages, which are one template, the first of each language; of all others each. */
const kindsOfPages = () => {
  const seen = new Set<string>();
  return pages().filter(({ path }) => {
    const kind = path.replace(/(\/screenings)\/.*/, '$1/one').replace(/\?.*/, '?');
    return !seen.has(kind) && seen.add(kind);
  });
};

// Renderings are made at the first ask; one width of each picture shows that its link is good.
const mayFollow = (path: string) =>
  !/kit\.zip|near=|\/share\//.test(path) && (!path.startsWith('/media/') || path.endsWith('-480.webp'));

beforeAll(async () => {
  site = await installation.start();
  found = await crawl(site.url, ['/', '/es', '/sitemap.xml', '/robots.txt', '/nowhere'], { mayFollow });
}, 300_000);

describe('every public page of the example', () => {
  it('is there: no link, picture, stylesheet or feed leads nowhere', () => {
    const broken = found.filter(({ status, path }) => status >= 400 && !path.endsWith('/nowhere'));
    expect(broken.map(({ path, status, from }) => `${status} ${path} (from ${from})`)).toEqual([]);
    expect(pages().length).toBeGreaterThan(60);
  });

  it('is valid HTML', async () => {
    const wrong: string[] = [];
    for (const { path, body } of pages()) {
      for (const why of await whyNotValid(body)) wrong.push(`${path}: ${why}`);
    }
    expect(wrong).toEqual([]);
  });

  it('has no script where it needs no island, 404 included, and no style of its own', () => {
    const mayHaveIslands = /^(\/es)?\/(screenings|contact\/|newsletter)/;
    for (const { path, body } of found.filter(({ type }) => type.includes('html'))) {
      const scripts = [...body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
      const running = scripts.filter((tag) => !tag.includes('application/ld+json'));
      if (!mayHaveIslands.test(path)) expect(running, path).toEqual([]);
      expect(
        running.filter((tag) => !/ src="\/assets\//.test(tag)),
        path,
      ).toEqual([]);
      expect(body, path).not.toMatch(/<style|\sstyle="|\son[a-z]+="/);
    }
  });

  it('names its address, its other languages and its card absolutely', () => {
    for (const { path, body } of pages()) {
      const isHidden = /name="robots" content="noindex/.test(body);
      if (isHidden) continue;
      expect(body, path).toMatch(/<link rel="canonical" href="http:\/\/localhost:\d+\//);
      expect(body, path).toMatch(/hrefLang="es"/i);
      expect(body, path).toMatch(/property="og:image" content="http:\/\/localhost:\d+\//);
    }
  });

  it('calls no third party: everything a browser loads comes from here', async () => {
    const { page, complaints } = await browser.visitor();
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) elsewhere.push(request.url());
    });
    for (const path of ['/', '/screenings', '/press', '/contact/host']) {
      await page.goto(site.url + path, { waitUntil: 'networkidle' });
    }
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });

  it('has no axe finding, in neither colour scheme', async () => {
    const { page, complaints } = await browser.visitor({ viewport: { width: 1280, height: 900 } });
    // Pictures decide nothing that axe looks at.
    await page.route('**/media/**', (route) => route.abort());
    const findings: string[] = [];
    for (const { path } of kindsOfPages()) {
      await page.emulateMedia({ colorScheme: 'light' });
      // Not before the styles are there: without them a link is as small as its letters.
      await page.goto(site.url + path, { waitUntil: 'load' });
      const light = await new AxeBuilder({ page }).withTags(axeTags).analyze();
      await page.emulateMedia({ colorScheme: 'dark' });
      // What else axe looks at does not depend on the colours.
      const dark = await new AxeBuilder({ page })
        .withRules(['color-contrast', 'link-in-text-block'])
        .analyze();
      for (const { id, nodes } of [...light.violations, ...dark.violations]) {
        findings.push(`${path}: ${id} ${nodes[0]?.target.join(' ')}`);
      }
    }
    expect(findings).toEqual([]);
    expect(complaints.filter((words) => !words.includes('ERR_FAILED'))).toEqual([]);
  }, 600_000);

  it('fits a phone of 320 pixels without scrolling sideways', async () => {
    const { page } = await browser.visitor({ viewport: { width: 320, height: 640 } });
    await page.route('**/media/**', (route) => route.abort());
    const wide: string[] = [];
    for (const { path } of kindsOfPages()) {
      await page.goto(site.url + path, { waitUntil: 'load' });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
  }, 300_000);
});

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
