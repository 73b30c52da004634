// Looks from beside a running program, on its ground, and prints a list of milliseconds as JSON. Built by
// scripts/bench.mjs.
//   near <film>            a search for the 30 nearest screenings, from 40 places across the United States
//   publish <film> <url>…  from the commit of a publication until each of the pages shows it
import { openGround } from '../src/commands/ground.ts';
import { films, latestRevision, publishRevision, saveRevision } from '../src/domain/film/index.ts';
import { kmFarthest, screeningsNear } from '../src/domain/screenings/index.ts';
import { commandLine } from '../src/platform/audit/index.ts';
import { inFilm, inInstallation } from '../src/platform/database/database.ts';

const [what, slug = '', ...urls] = process.argv.slice(2);
const asks = 40;
const publications = 10;
const patienceMs = 10_000;

const { database, clock, close } = await openGround();
const db = database.kysely;
try {
  const film = (await inInstallation(db, films)).find((each) => each.slug === slug);
  if (!film) throw new Error(`there is no film ${slug}`);
  console.log(JSON.stringify(what === 'near' ? await near(film.id) : await publish(film.id)));
} finally {
  await close();
}

async function near(filmId: string): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < asks; at += 1) {
    const from = { latitude: 26 + ((at * 7) % 21), longitude: -122 + ((at * 13) % 50) };
    // Timed with its round trips, without the opening of the transaction.
    const ms = await inFilm(db, filmId, async (tx) => {
      const began = performance.now();
      await screeningsNear(tx, filmId, clock(), from, { kmMax: kmFarthest, limit: 30 });
      return performance.now() - began;
    });
    found.push(ms);
  }
  // The first asks are the plans' and the connection's own.
  return found.slice(5);
}

async function publish(filmId: string): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < publications; at += 1) {
    const logline = `Published for the ${at}th time at ${Date.now()}`;
    const revision = await inFilm(db, filmId, async (tx) => {
      const latest = await latestRevision(tx, filmId);
      if (!latest) throw new Error('the film has no revision');
      const document = { ...latest.document, film: { ...latest.document.film, logline } };
      const draft = { document, files: latest.files, parentId: latest.id };
      return (await saveRevision(tx, filmId, clock(), commandLine, draft)).revision;
    });
    await inFilm(db, filmId, (tx) => publishRevision(tx, filmId, clock(), commandLine, revision.number));
    const began = performance.now();
    await Promise.all(urls.map((url) => untilSays(url, logline, began)));
    found.push(performance.now() - began);
  }
  return found;
}

async function untilSays(url: string, words: string, began: number): Promise<void> {
  while (!(await (await fetch(url)).text()).includes(words)) {
    if (performance.now() - began > patienceMs) throw new Error(`${url} does not show what was published`);
  }
}
