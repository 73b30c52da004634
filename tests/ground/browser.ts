import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach } from 'vitest';

/** Chromium's flags for a machine without a screen and, mostly, without a network. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium's words for a page that was left before its fade had begun, or ended: nothing is lost but the fade. */
const overtaken = ['Transition was aborted because of invalid state', 'Transition was skipped'];

export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[];
};

/**
 * A real browser for a test file. Each visitor has a fresh profile; what the console complains of, and every
 * breach of the content security policy, lands in `complaints`.
 */
export function testBrowser(): { visitor(options?: BrowserContextOptions): Promise<Visitor> } {
  let browser: Promise<Browser> | null = null;
  const contexts: BrowserContext[] = [];
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await (await browser)?.close();
  });
  return {
    async visitor(options = {}) {
      browser ??= chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
      const context = await (await browser).newContext({ locale: 'en-US', ...options });
      contexts.push(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', ({ message }) => {
        if (!overtaken.some((words) => message.startsWith(words))) complaints.push(message);
      });
      return { page, context, complaints };
    },
  };
}
