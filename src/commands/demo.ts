import { parseArgs } from 'node:util';
import { addDemoInquiries } from '../domain/audience/index.ts';
import {
  beginDemo,
  createFilm,
  films,
  finishDemo,
  publishRevision,
  saveRevision,
} from '../domain/film/index.ts';
import { enrolInstallationOwners } from '../domain/people/index.ts';
import { applyListings } from '../domain/screenings/index.ts';
import { commandLine } from '../platform/audit/index.ts';
import { inFilm, inInstallation } from '../platform/database/database.ts';
import { newId } from '../platform/secrets.ts';
import { type Command, WrongUsage } from './command.ts';
import { ordersMost } from './demo/calendar.ts';
import { runRemove, runSeason } from './demo/run.ts';
import { demoDocument, demoScreenings, demoSlug } from './demo-film.ts';
import { type Ground, openGround } from './ground.ts';

export type DemoSize = { readonly films: number; readonly screenings: number; readonly inquiries: number };

const most: DemoSize = { films: 1_000, screenings: 20_000, inquiries: 2_000_000 };
const usual: DemoSize = { films: 1, screenings: 40, inquiries: 60 };
/** The slugs that are looked at for a free one. */
const demosMax = 10_000;

export const demoCommand: Command = {
  name: 'demo',
  usage:
    'season [--seed 2024] [--orders 1800] | remove <film> | [--films 1] [--screenings 40] [--inquiries 60]',
  about: 'make a film with a whole season, or plain films, to try things out; and remove them',
  help: `Everything in these films is made up, its people have addresses at example.org, and nothing of it is ever sent to
anybody. The films that are there stay as they are.

  demo season   a film of its own with a season behind it and ahead: screenings in 20 markets, orders, gifts, grants,
                refunds, a moved and a cancelled screening, scans, books
  --seed        what it is drawn from: the same on the same day is the same season
  --orders      about how many (at most ${ordersMost})

  demo remove   takes a film away again that demo has made, with everything in it; refuses every other film

  demo          films called "Demo film N" with made-up halls, and inquiries
  --films       how many (at most ${most.films})
  --screenings  how many for each of them (at most ${most.screenings})
  --inquiries   how many over all of them (at most ${most.inquiries})`,
  async run([word = '', ...rest]) {
    if (word === 'season') return await runSeason(rest);
    if (word === 'remove') return await runRemove(rest);
    const args = word === '' ? [] : [word, ...rest];
    const size = sizeOf(args);
    const ground = await openGround();
    try {
      for await (const slug of addDemo(ground, size)) console.log(`${slug}: added`);
      return 0;
    } finally {
      await ground.close();
    }
  },
};

function sizeOf(args: string[]): DemoSize {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { films: text, screenings: text, inquiries: text } });
  const read = (name: keyof DemoSize): number => {
    const value = values[name] ?? String(usual[name]);
    if (!/^\d{1,7}$/.test(value) || Number(value) > most[name]) throw new WrongUsage();
    return Number(value);
  };
  return { films: read('films'), screenings: read('screenings'), inquiries: read('inquiries') };
}

/** Adds each film in a transaction of its own, and tells its slug when it is there. */
export async function* addDemo(
  { database, clock }: Pick<Ground, 'database' | 'clock'>,
  size: DemoSize,
): AsyncGenerator<string> {
  const db = database.kysely;
  const taken = new Set((await inInstallation(db, films)).map(({ slug }) => slug));
  const now = clock();
  const screenings = demoScreenings(size.screenings, now);
  const free = Array.from({ length: demosMax }, (_, at) => at + 1).filter((at) => !taken.has(demoSlug(at)));
  for (const [at, number] of free.slice(0, size.films).entries()) {
    const inquiries = share(size.inquiries, size.films, at);
    const [filmId, slug] = [newId(), demoSlug(number)];
    await inFilm(db, filmId, async (tx) => {
      await createFilm(tx, filmId, now, { slug, isDemo: true });
      await beginDemo(tx, filmId, now, { seed: null });
      await enrolInstallationOwners(tx, filmId, now);
      const draft = { document: demoDocument(number), files: {}, parentId: null, note: 'Generated' };
      const { revision } = await saveRevision(tx, filmId, now, commandLine, draft);
      await publishRevision(tx, filmId, now, commandLine, revision.number);
      await applyListings(tx, filmId, now, commandLine, screenings);
      await addDemoInquiries(tx, filmId, now, inquiries);
      await finishDemo(tx, filmId, now);
    });
    yield slug;
  }
}

/** Equal parts that add up to the whole. */
function share(whole: number, parts: number, at: number): number {
  return Math.floor((whole * (at + 1)) / parts) - Math.floor((whole * at) / parts);
}
