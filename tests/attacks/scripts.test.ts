import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { programRoot } from '../../src/platform/root.ts';
import { testBrowser } from '../ground/browser.ts';
import { firstOwner } from '../ground/first-owner.ts';
import { newInstallation } from '../ground/program.ts';
import { openedForm, sendForm } from '../ground/send-form.ts';

const browser = testBrowser();
const installation = await newInstallation();
const folder = mkdtempSync(join(tmpdir(), 'houselights-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Leaves whatever stands around it, and would be seen to run: each asks for attention in its own way. */
const attack =
  `</script></title></textarea>--><script>alert(1)</script>"'><img src=x onerror=alert(2)>` +
  '<svg onload=alert(3)><a href="javascript:alert(4)" style="color:red">[x](javascript:alert(5))';
const words = new Set(
  `title logline short long notes credit alt festival award name heading mark outlet critic quote label value about
   introduction body street prices success failure hint status rating`.split(/\s+/),
);

/** The film with the attack behind every word that people read, down to the venue's street. */
function spoiled(value: unknown, key = ''): unknown {
  if (Array.isArray(value))
    return value.map((each) => spoiled(each, key === 'roles' || key === 'with' ? 'name' : ''));
  if (typeof value === 'string' && words.has(key)) return `${value.slice(0, 40).trimEnd()} ${attack}`;
  if (typeof value !== 'object' || value === null) return value;
  // A text in several languages, or a thing with fields of its own.
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, spoiled(each, /^[a-z]{2}$/.test(name) ? key : name)]),
  );
}

/** A field's name in a form is a code, not words. */
const withoutForms = ({ forms: _forms, ...film }: Record<string, unknown>) => film;

it('S6 no browser runs a word of a film, a visitor or a person, nor has to be told not to', async () => {
  cpSync(join(programRoot, 'examples/union'), folder, { recursive: true });
  const film = parse(readFileSync(join(folder, 'film.yaml'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(folder, 'film.yaml'), stringify(spoiled(withoutForms(film))));
  const imported = await installation.command(['import', folder, '--publish']);
  expect(imported.err).toBe('');
  const program = await installation.start({ PROXIES: '1' }, ['--no-example']);
  const { url } = program;
  const cookie = await firstOwner(program);
  const stamp = await openedForm(url, '/contact/general');
  const sent = { ...stamp, name: attack.slice(0, 120), message: attack };
  expect(await sendForm(url, '/contact/general', sent)).toBe(303);

  const { page, context, complaints } = await browser.visitor();
  const seen: string[] = [];
  page.on('dialog', (dialog) => {
    seen.push(`${page.url()} ran ${dialog.message()}`);
    void dialog.dismiss();
  });
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return { name, value: decodeURIComponent(value), url };
    }),
  );
  const desk = '/admin/films/union';
  const paths = [
    ...[
      '/',
      '/es',
      '/screenings',
      '/press',
      '/partners',
      '/act',
      '/contact',
      '/contact/general',
      '/newsletter',
    ],
    ...['/screenings/nwff-2024-11-03', '/about-the-campaign', '/nowhere', '/screenings?by=place'],
    ...['', '/film', '/film/record', '/film/story', '/film/press', '/film/press/0', '/film/credits/0'].map(
      (path) => desk + path,
    ),
    ...['/film/revisions', '/film/pictures', '/screenings', '/inbox', '/outbox', '/audit', '/team'].map(
      (path) => desk + path,
    ),
  ];
  for (const path of paths) {
    const answer = await page.goto(url + path, { waitUntil: 'load' });
    expect(answer?.status() ?? 0, path).toBeLessThan(500);
    if (path === '/') expect(await page.textContent('main')).toContain('<script>alert(1)</script>');
  }
  // The newest inquiry, its mail, and the mail as its reader sees it.
  for (const list of ['inbox', 'outbox']) {
    await page.goto(`${url}${desk}/${list}`);
    await page.locator(`main a[href*="/${list}/"]`).first().click();
    await page.waitForLoadState('load');
    expect(await page.textContent('main')).toContain('alert(1)');
  }
  await page.goto(`${page.url().replace(/[?#].*/, '')}/html`);
  const breaches = complaints.filter((said) => /Content Security|Refused to|violates/i.test(said));
  expect([...seen, ...breaches]).toEqual([]);
  expect(await program.stop()).toBe(0);
}, 180_000);
