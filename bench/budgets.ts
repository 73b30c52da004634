// The budgets of a first view on a phone, by bytes and by Lighthouse, on the example with its pictures.
import { rmSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { type Browser, chromium } from 'playwright-core';
import { emptyFolder, machine, median, programPath, settingsIn, startOnCores } from './ground.ts';
import { openSlowLine } from './slow-line.ts';

const port = 4893;
const debugPort = 4894;
const linePort = 4896;
const paints = 5;
const url = `http://localhost:${port}/`;
const folder = emptyFolder();
const env = settingsIn(folder, port);
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Budget = {
  readonly what: string;
  readonly found: number;
  readonly most?: number;
  readonly least?: number;
  readonly unit: string;
};

const program = await startOnCores('0', [process.execPath, programPath, 'start'], env, /Houselights runs/);
try {
  const lines = [...(await bytes()), ...(await paintsOverSlowLine()), ...(await audits())];
  console.log(`\n${machine()}; first view of ${url} on a phone`);
  for (const { what, found, most, least, unit } of lines) {
    const isMet = (most === undefined || found <= most) && (least === undefined || found >= least);
    const target = most === undefined ? `at least ${least}` : `at most ${most}`;
    console.log(
      `${isMet ? '✓' : '✗'} ${what.padEnd(32)} ${String(found).padStart(8)} ${unit.padEnd(3)} ${target}`,
    );
    if (!isMet) process.exitCode = 1;
  }
} finally {
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What a phone loads before anybody scrolls, compressed, by kind. */
async function bytes(): Promise<Budget[]> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
  });
  const sizes = new Map<string, number>();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const kinds = new Map<string, string>();
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    sizes.set(kind, (sizes.get(kind) ?? 0) + encodedDataLength);
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const scripts = await page.locator('script:not([type="application/ld+json"])').count();
  await browser.close();
  const kilobytes = (...names: string[]) =>
    Math.round(names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) / 100) / 10;
  return [
    { what: 'scripts', found: scripts, most: 0, unit: '' },
    { what: 'HTML and CSS, compressed', found: kilobytes('Document', 'Stylesheet'), most: 30, unit: 'kB' },
    { what: 'fonts', found: kilobytes('Font'), most: 90, unit: 'kB' },
  ];
}

/** What a phone at a quarter of this machine's speed, on a line of 1.6 Mbit/s and 150 ms, really waits for. */
async function paintsOverSlowLine(): Promise<Budget[]> {
  const line = await openSlowLine(linePort, port);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
  const found: { largestMs: number; shift: number }[] = [];
  try {
    for (let at = 0; at < paints; at += 1) found.push(await onePaint(browser));
  } finally {
    await browser.close();
    await line.close();
  }
  const largest = Math.round(median(found.map(({ largestMs }) => largestMs)));
  const shift = Math.max(...found.map((each) => each.shift));
  return [
    { what: 'largest paint, over a slow line', found: largest, most: 1_200, unit: 'ms' },
    { what: 'layout shift, over a slow line', found: Math.round(shift * 1_000) / 1_000, most: 0, unit: '' },
  ];
}

async function onePaint(browser: Browser): Promise<{ largestMs: number; shift: number }> {
  const page = await browser.newPage({
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const seen = { largestMs: 0, shift: 0 };
    Object.assign(window, { seen });
    const watch = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch('largest-contentful-paint', ({ startTime }) => {
      seen.largestMs = startTime;
    });
    watch('layout-shift', (entry) => {
      seen.shift += (entry as PerformanceEntry & { value: number }).value;
    });
  });
  await page.goto(url.replace(String(port), String(linePort)), { waitUntil: 'networkidle' });
  const seen = await page.evaluate(
    () => (window as unknown as { seen: { largestMs: number; shift: number } }).seen,
  );
  await page.context().close();
  return seen;
}

async function audits(): Promise<Budget[]> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...flags, `--remote-debugging-port=${debugPort}`],
  });
  try {
    // Renderings are made at the first ask; the visit that is measured is not the first ever.
    await lighthouse(url, { port: debugPort, onlyCategories: ['performance'], logLevel: 'silent' });
    const result = await lighthouse(url, { port: debugPort, logLevel: 'silent', formFactor: 'mobile' });
    if (!result) throw new Error('Lighthouse gave no result');
    const { categories, audits: found } = result.lhr;
    const number = (id: string) => found[id]?.numericValue ?? Number.NaN;
    return [
      ...Object.values(categories).map(({ title, score }) => ({
        what: `Lighthouse ${title}`,
        found: Math.round((score ?? 0) * 100),
        least: 100,
        unit: '',
      })),
      {
        what: 'largest paint, Lighthouse’s model',
        found: Math.round(number('largest-contentful-paint')),
        most: 1_200,
        unit: 'ms',
      },
      {
        what: 'layout shift',
        found: Math.round(number('cumulative-layout-shift') * 1_000) / 1_000,
        most: 0,
        unit: '',
      },
    ];
  } finally {
    await browser.close();
  }
}
