import { gzipSync } from 'node:zlib';
import {
  type DoorScan,
  doorCounts,
  doorList,
  doorReport,
  scansSince,
  screeningsWithDoors,
  takeScans,
  ticketSigner,
  type WireList,
  type WireNews,
  type WireScan,
} from '../../../domain/boxoffice/index.ts';
import { screeningsByIds, shownState } from '../../../domain/screenings/index.ts';
import { doorListPdf } from '../../../letters/boxoffice/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { hashSecret } from '../../../platform/secrets.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { answerApp, appManifest, workerScript } from './app.tsx';
import { atDoor } from './door-place.ts';
import { DoorRecordPage, DoorsPage } from './pages.tsx';
import { textIn } from './text-in.ts';

/** Mounts the door below `/admin/films/:film`: which doors there are, the app, its list, what happened, the paper. */
export function addDoorDesk(desk: DeskApp, house: House): void {
  desk.get('/door', allow('door.read'), (c) => showDoors(c, house));
  desk.get('/door/worker.js', allow('door.scan'), (c) => workerScript(c));
  desk.get('/door/:screening', allow('door.scan'), (c) => answerApp(c, house));
  desk.get('/door/:screening/app.webmanifest', allow('door.scan'), (c) => appManifest(c, house));
  desk.get('/door/:screening/list', allow('door.scan'), (c) => answerList(c, house));
  desk.post('/door/:screening/scans', allow('door.scan'), (c) => receiveReport(c, house));
  desk.get('/door/:screening/record', allow('door.read'), (c) => showRecord(c, house));
  desk.get('/door/:screening/list.pdf', allow('door.read'), (c) => answerPaper(c, house));
}

const daysAfter = 2;

async function showDoors(c: DeskContext, house: House): Promise<Response> {
  const { desk } = c.var;
  const from = desk.now.subtract({ hours: daysAfter * 24 });
  const doors = await inFilm(house.db, desk.film.id, async (tx) => {
    const ids = await screeningsWithDoors(tx, desk.film.id);
    const all = await screeningsByIds(tx, desk.film.id, ids);
    const near = all.filter(
      (screening) =>
        screening.overAt.epochMilliseconds > from.epochMilliseconds &&
        shownState(screening, desk.now) !== 'cancelled',
    );
    return await Promise.all(
      near.map(async (screening) => ({
        screening,
        counts: await doorCounts(tx, desk.film.id, screening.id),
      })),
    );
  });
  return answer(c, <DoorsPage desk={desk} doors={doors} />);
}

async function answerList(c: DeskContext, house: House): Promise<Response> {
  const list = await atDoor(c, house, async (tx, { id }, { film, now }): Promise<WireList> => {
    const tickets = await doorList(tx, film.id, id);
    const types = [...new Set(tickets.map(({ typeName }) => textIn(typeName)))];
    const { publicKey } = await ticketSigner(tx, film.id, now);
    return {
      ...{ filmId: film.id, screeningId: id, publicKey: Buffer.from(publicKey).toString('base64url'), types },
      tickets: tickets.map(({ id, code, name, typeName, generation, isCancelled }) => [
        ...([id, code, name, types.indexOf(textIn(typeName))] as const),
        ...([generation, isCancelled ? 1 : 0] as const),
      ]),
    };
  });
  const text = JSON.stringify(list);
  const tag = `"${hashSecret(text).toString('base64url').slice(0, 22)}"`;
  const headers = { 'cache-control': 'no-cache', 'content-type': 'application/json', etag: tag };
  if (c.req.header('if-none-match')?.includes(tag)) return c.body(null, 304, headers);
  if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(text, 200, headers);
  return c.body(new Uint8Array(gzipSync(text)), 200, { ...headers, 'content-encoding': 'gzip' });
}

/** Takes in what a device tells and answers with what it does not know. What cannot be read changes nothing. */
async function receiveReport(c: DeskContext, house: House): Promise<Response> {
  const sent: unknown = await c.req.json().catch(() => null);
  const report = doorReport.safeParse(sent);
  if (!report.success) return c.json({ problem: 'unreadable' }, 400);
  const news = await atDoor(c, house, async (tx, { id }, { film, now, actor }) => {
    await takeScans(tx, film.id, now, actor, { screeningId: id, report: report.data });
    return await newsSince(tx, film.id, id, report.data.since);
  });
  return c.json(news, 200, { 'cache-control': 'no-store' });
}

async function newsSince(tx: Tx, filmId: string, screeningId: string, since: number): Promise<WireNews> {
  const { scans, hasMore } = await scansSince(tx, filmId, screeningId, since);
  return {
    since: scans.at(-1)?.change ?? since,
    scans: scans.map(wireScan),
    counts: await doorCounts(tx, filmId, screeningId),
    hasMore,
  };
}

function wireScan({ nonce, ticketId, device, scannedAt, verdict, reason, undoneAt }: DoorScan): WireScan {
  return {
    ...{ nonce, ticketId, device, verdict, reason },
    ...{ at: scannedAt.epochMilliseconds, isUndone: undoneAt !== null },
  };
}

async function showRecord(c: DeskContext, house: House): Promise<Response> {
  const page = await atDoor(c, house, async (tx, screening, { film }) => ({
    screening,
    counts: await doorCounts(tx, film.id, screening.id),
    tickets: await doorList(tx, film.id, screening.id),
    scans: await everyScan(tx, film.id, screening.id),
  }));
  const only = c.req.query('only') === 'conflicts' ? 'conflicts' : 'all';
  return answer(c, <DoorRecordPage desk={c.var.desk} {...page} only={only} />);
}

async function everyScan(tx: Tx, filmId: string, screeningId: string): Promise<DoorScan[]> {
  const all: DoorScan[] = [];
  for (;;) {
    const { scans, hasMore } = await scansSince(tx, filmId, screeningId, all.at(-1)?.change ?? 0);
    all.push(...scans);
    if (!hasMore) return all;
  }
}

async function answerPaper(c: DeskContext, house: House): Promise<Response> {
  const { film, now } = c.var.desk;
  const made = await atDoor(c, house, async (tx, screening) => ({
    screening,
    tickets: await doorList(tx, film.id, screening.id),
    signer: await ticketSigner(tx, film.id, now),
  }));
  if (made.tickets.length === 0) throw new NotFound();
  const bytes = await doorListPdf({ ...made, filmTitle: film.title, now });
  return c.body(new Uint8Array(bytes), 200, {
    ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store' },
    'content-disposition': `inline; filename="door-${made.screening.slug}.pdf"`,
  });
}
