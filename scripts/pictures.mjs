// Takes the README's pictures of the running example into docs/pictures: `node scripts/pictures.mjs [name …]`.
// Starts the program on a folder of its own, looks at it as a visitor and as its first owner, and stops it.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild, ensureModules, environment, projectNode, root } from './setup.mjs';

const target = join(root, 'docs/pictures');
const browserPath = '/usr/bin/chromium';
const bytesMax = 250_000;
const startSecondsMax = 60;
/** The first ask for a still renders it: on two busy cores the front page's take a minute. */
const pageSecondsMax = 240;
const owner = {
  name: 'Ada Reyes',
  address: 'ada@union.example.org',
  password: 'a lantern in the projection room',
};

/**
 * What to look at: where, how wide and high, in which light. The hero is dark by day too, so the dark room is shown
 * further down. A phone's pixels are doubled, as phones do.
 */
const desk = { width: 1440, height: 900, scale: 1 };
const phone = { width: 390, height: 844, scale: 2 };
const views = [
  { name: 'today', path: '/admin/films/union', screen: desk, light: 'light', isSignedIn: true },
  { name: 'editor', path: '/admin/films/union/film/story', screen: desk, light: 'light', isSignedIn: true },
  { name: 'front-desk-light', path: '/', screen: desk, light: 'light' },
  { name: 'front-desk-dark', path: '/#screenings', screen: desk, light: 'dark' },
  { name: 'front-phone-light', path: '/', screen: phone, light: 'light' },
  { name: 'front-phone-dark', path: '/#screenings', screen: phone, light: 'dark' },
  { name: 'screenings', path: '/screenings', screen: { ...desk, height: 1200 }, light: 'light' },
];
const wanted = process.argv.slice(2);

ensureModules();
ensureBuild();
if (!existsSync(browserPath)) {
  console.error(`The pictures need ${browserPath}; "npm test" installs it, or apt-get install chromium.`);
  process.exit(1);
}
const { chromium } = await import('playwright-core');
const { default: sharp } = await import('sharp');

const dataDir = mkdtempSync(join(tmpdir(), 'houselights-pictures-'));
// Under root the database runs as a user of its own, who must get there.
chmodSync(dataDir, 0o755);
mkdirSync(target, { recursive: true });
const port = await freePort();
const address = `http://localhost:${port}`;
const program = spawn(projectNode, [join(root, 'dist/server/main.js'), 'start'], {
  env: { ...environment(), DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: address },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const setupLink = await untilStarted();
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  try {
    const cookies = await makeOwner(browser, setupLink);
    for (const view of views) {
      if (wanted.length === 0 || wanted.includes(view.name)) await takePicture(browser, view, cookies);
    }
  } finally {
    await browser.close();
  }
} finally {
  const ended = new Promise((done) => program.once('exit', done));
  if (program.exitCode === null) {
    program.kill('SIGTERM');
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
}

/** Waits for the program's own words, and finds the first owner's link in them. */
function untilStarted() {
  return new Promise((done, failed) => {
    let words = '';
    const late = setTimeout(() => failed(new Error(`not started:\n${words}`)), startSecondsMax * 1_000);
    program.stdout.on('data', (chunk) => {
      words += chunk;
      const [link] = /https?:\/\/\S+\/setup\/\S+/.exec(words) ?? [];
      if (!link || !words.includes('Ctrl-C')) return;
      clearTimeout(late);
      done(link);
    });
    program.once('exit', (code) => failed(new Error(`ended with ${code}:\n${words}`)));
  });
}

async function makeOwner(browser, setupLink) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(setupLink);
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail address').fill(owner.address);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: 'Make me the owner' }).click();
  await page.waitForURL(/\/admin/);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function takePicture(browser, { name, path, screen, light, isSignedIn = false }, cookies) {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    deviceScaleFactor: screen.scale,
    colorScheme: light,
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'America/New_York',
  });
  if (isSignedIn) await context.addCookies(cookies);
  const page = await context.newPage();
  page.setDefaultTimeout(pageSecondsMax * 1_000);
  const answer = await page.goto(address + path, { waitUntil: 'networkidle' });
  if (answer?.status() !== 200) throw new Error(`${path} answered ${answer?.status()}`);
  // Pictures out of sight are not fetched, so only those in sight are waited for.
  await page.waitForFunction(() => {
    const inSight = ({ top, bottom }) => bottom > 0 && top < innerHeight;
    const seen = [...document.images].filter((image) => inSight(image.getBoundingClientRect()));
    return document.fonts.status === 'loaded' && seen.every((image) => image.complete);
  });
  const bytes = await reduced(await page.screenshot());
  writeFileSync(join(target, `${name}.png`), bytes);
  console.log(`docs/pictures/${name}.png  ${Math.round(bytes.length / 1_000)} kB`);
  await context.close();
}

/** With as many colours of a palette as the limit lets it have. */
async function reduced(picture) {
  for (const colours of [256, 128, 64, 32, 16]) {
    const bytes = await sharp(picture).png({ palette: true, colours, effort: 10, dither: 0.6 }).toBuffer();
    if (bytes.length <= bytesMax) return bytes;
  }
  throw new Error(`a picture stays larger than ${bytesMax} bytes with 16 colours`);
}

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
}
