import { describe, expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { becomeOwner } from '../ground/owner.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();
const { page: first } = await browser.visitor();
await becomeOwner(first, program);
const storageState = await first.context().storageState();

const story = `${program.url}/admin/films/union/film/story`;
const atTheDesk = { storageState, viewport: { width: 1440, height: 900 } };
const main = 'main#content';

describe.each([
  ['with script', true],
  ['without script', false],
])('an editor %s', (words, javaScriptEnabled) => {
  it('sees the draft’s page beside the form after each save, in each language; the public does not', async () => {
    const { page, complaints } = await browser.visitor({ ...atTheDesk, javaScriptEnabled });
    await page.goto(story);
    const frame = page.frameLocator('iframe[name="film-draft"]');
    await expect.poll(() => frame.locator(main).isVisible()).toBe(true);
    for (const [language, logline] of [
      ['English', `A sentence saved ${words}.`],
      ['Spanish', `Una frase guardada, ${words}.`],
    ] as const) {
      const field = page.getByRole('group', { name: /Logline/ }).getByLabel(language, { exact: false });
      await field.fill(logline);
      await page.getByRole('button', { name: 'Save draft' }).click();
      await page.waitForURL(/said=saved/);
      await page.getByRole('complementary').getByRole('link', { name: language }).click();
      await expect.poll(() => frame.locator(main).textContent()).toContain(logline);
      expect(await (await fetch(program.url)).text()).not.toContain(logline);
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});

describe('the draft’s page', () => {
  it('opens where the part stands and leaves the form where it is', async () => {
    const { page } = await browser.visitor(atTheDesk);
    await page.goto(`${program.url}/admin/films/union/film/credits`);
    const credits = page.frameLocator('iframe[name="film-draft"]').locator('#credits');
    const inFrame = async () => (await credits.boundingBox())?.y ?? Number.POSITIVE_INFINITY;
    await expect.poll(inFrame, { timeout: 15_000 }).toBeLessThan(500);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  }, 60_000);

  it('opens a link to elsewhere in a tab of its own, and stays', async () => {
    const { page } = await browser.visitor(atTheDesk);
    await page.goto(`${program.url}/admin/films/union/film/press`);
    const frame = page.frameLocator('iframe[name="film-draft"]');
    const away = frame.locator('a[href^="http"]').first();
    await page.context().route(/^https:/, (route) => route.fulfill({ body: 'elsewhere' }));
    const [tab] = await Promise.all([page.context().waitForEvent('page'), away.click()]);
    expect(new URL(tab.url()).origin).not.toBe(program.url);
    await expect.poll(() => frame.locator(main).isVisible()).toBe(true);
  }, 60_000);

  it('is one link away on a phone, which loads no frame', async () => {
    const { page } = await browser.visitor({ storageState, viewport: { width: 390, height: 844 } });
    await page.goto(story, { waitUntil: 'networkidle' });
    expect(await page.locator('iframe').isVisible()).toBe(false);
    expect(page.frames().map((frame) => frame.url())).not.toContainEqual(expect.stringContaining('/draft'));
    await page.getByRole('link', { name: 'Preview', exact: true }).click();
    expect(await page.getByRole('status').textContent()).toContain('seen by the film’s team only');
  }, 60_000);

  it('is kept by no cache, followed by no robot, and shown in no frame of another site', async () => {
    const { page } = await browser.visitor({ storageState });
    const answer = await page.request.get(`${program.url}/admin/films/union/film/draft`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'content-security-policy': expect.stringContaining("frame-ancestors 'self'"),
    });
    const stranger = await fetch(`${program.url}/admin/films/union/film/draft/press`, { redirect: 'manual' });
    expect(stranger.headers.get('location')).toMatch(/^\/admin\/sign-in/);
  });
});
