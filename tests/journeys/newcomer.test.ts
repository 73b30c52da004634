import { describe, expect, it } from 'vitest';
import { testBrowser } from '../ground/browser.ts';
import { becomeOwner, owner } from '../ground/owner.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();

/** From the terminal's link to an answered inquiry: what a film team does on its first day. */
describe.each([
  ['with script', true],
  ['without script', false],
])('a new team %s', (_words, javaScriptEnabled) => {
  it('makes its owner, changes the film, publishes, and answers the first inquiry', async () => {
    const desk = await signedInOwner(javaScriptEnabled);
    const logline = `A film that changed at ${new Date().toISOString()}.`;

    await desk.goto(`${program.url}/admin/films/union/film/story`);
    await desk
      .getByLabel(/Logline/i)
      .first()
      .fill(logline);
    await desk.getByRole('button', { name: /^Save/ }).first().click();
    await desk.waitForURL(/said=/);

    const { page: public_ } = await browser.visitor({ javaScriptEnabled });
    await public_.goto(`${program.url}/`, fast);
    expect(await public_.textContent('main')).not.toContain(logline);

    await desk.goto(`${program.url}/admin/films/union/film`);
    await desk
      .getByRole('button', { name: /Publish/ })
      .first()
      .click();
    await desk.waitForURL(/said=/);
    await expect
      .poll(
        async () => {
          await public_.goto(`${program.url}/`, fast);
          return await public_.textContent('main');
        },
        { timeout: 30_000 },
      )
      .toContain(logline);

    const visitor = javaScriptEnabled ? 'Grace' : 'Hedy';
    await public_.goto(`${program.url}/contact/general`);
    await public_.getByLabel(/Your name/).fill(visitor);
    await public_.getByLabel(/e-mail/i).fill(`${visitor.toLowerCase()}@example.org`);
    await public_.getByLabel(/Your message/).fill(`A question from ${visitor}.`);
    await sendForm(public_);

    await desk.goto(`${program.url}/admin/films/union/inbox`);
    await desk
      .getByRole('link', { name: new RegExp(visitor) })
      .first()
      .click();
    expect(await desk.textContent('main')).toContain(`A question from ${visitor}.`);
    await desk
      .getByRole('textbox', { name: /answer/i })
      .first()
      .fill(`Dear ${visitor}, yes.`);
    await desk.getByRole('button', { name: 'Send the answer' }).first().click();
    await desk.waitForLoadState();
    expect(await desk.textContent('main')).toContain(`Dear ${visitor}, yes.`);

    await desk.goto(`${program.url}/admin/films/union/outbox`);
    expect(await desk.textContent('main')).toContain(`${visitor.toLowerCase()}@example.org`);
  }, 180_000);
});

// Pictures are made at the first ask; the words are there before them.
const fast = { waitUntil: 'domcontentloaded' } as const;

type Page = Awaited<ReturnType<ReturnType<typeof testBrowser>['visitor']>>['page'];

/** The form believes in a person who took some seconds since it was last shown; until then it asks again. */
async function sendForm(page: Page): Promise<void> {
  for (let tries = 0; tries < 8 && !page.url().endsWith('/sent'); tries += 1) {
    await page.locator('main form').getByRole('button', { name: 'Send' }).click();
    await page.waitForURL(/\/sent$/, { timeout: 4_000 }).catch(() => {});
  }
  expect(page.url()).toMatch(/\/sent$/);
}

let isMade = false;

async function signedInOwner(javaScriptEnabled: boolean): Promise<Page> {
  const { page } = await browser.visitor({ javaScriptEnabled });
  if (isMade) {
    await page.goto(`${program.url}/admin/sign-in`);
    await page
      .getByLabel(/E-mail/)
      .first()
      .fill(owner.address);
    await page
      .getByLabel(/^Password/)
      .first()
      .fill(owner.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  } else {
    await becomeOwner(page, program);
    isMade = true;
  }
  await page.waitForURL(/\/admin\/films\/union/);
  return page;
}
