// The budgets of a first view on a phone, by bytes and by Lighthouse, on the example with its pictures.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { emptyFolder, machine, programPath, startOnCores } from './ground.ts';

const port = 4893;
const debugPort = 4894;
const url = `http://localhost:${port}/`;
const folder = emptyFolder();
const env = {
  ...process.env,
  PORT: String(port),
  DATA_DIR: join(folder, 'data'),
  PUBLIC_URL: `http://localhost:${port}`,
};
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
  const lines = [...(await bytes()), ...(await audits())];
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
        what: 'largest paint, slow 4G',
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
