import { z } from 'zod';
import {
  type Code,
  type CodeFilter,
  codeState,
  codeStates,
  listCodes,
} from '../../../domain/boxoffice/index.ts';
import { latestRevision } from '../../../domain/film/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import { csvLines } from '../../../platform/csv.ts';
import { type Db, inFilm } from '../../../platform/database/database.ts';
import { sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { asked } from '../books/views.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { sayLocal } from './code-values.ts';
import { CodesPage, placeWords } from './list-page.tsx';
import { codePlaces } from './places.ts';
import { giftWords, sayings, stateWords } from './words.ts';

const perPage = 50;

const viewQuery = z.object({
  search: z
    .string()
    .trim()
    .max(60)
    .regex(/^\P{Cc}*$/u)
    .default(''),
  state: z.union([z.literal(''), z.enum(codeStates)]).default(''),
  screening: z.union([z.literal(''), z.uuid()]).default(''),
  before: z.union([z.literal(''), z.uuid()]).default(''),
});
export type CodesView = z.output<typeof viewQuery>;

/** The list of codes, and the same as CSV. */
export function addCodesList(app: DeskApp, house: House): void {
  app.get('/codes', allow('codes.read'), async (c) => {
    const view = asked(c, viewQuery);
    const { desk } = c.var;
    const found = await inFilm(house.db, desk.film.id, async (tx) => ({
      all: await listCodes(tx, desk.film.id, desk.now, filterOf(view), perPage + 1),
      places: await codePlaces(tx, desk),
      zone: (await latestRevision(tx, desk.film.id))?.document.film.timezone ?? 'UTC',
    }));
    const codes = found.all.slice(0, perPage);
    const hasMore = found.all.length > perPage;
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <CodesPage {...{ desk, view, codes, hasMore, notice }} {...found} />);
  });
  app.get('/codes/export.csv', allow('codes.read'), (c) =>
    csvOf(c, 'codes', csvPieces(house.db, c.var.desk, asked(c, viewQuery))),
  );
}

function filterOf({ search, state, screening, before }: CodesView): CodeFilter {
  return { search, state: state || null, screeningId: screening || null, before: before || null };
}

const perPiece = 500;

async function* csvPieces(db: Db, desk: Desk, view: CodesView): AsyncGenerator<string> {
  const { film, now } = desk;
  yield csvLines([
    [
      'code',
      'gives',
      'good for',
      'state',
      'uses',
      'uses at most',
      'money',
      'money at most',
      'currency',
    ].concat(['good from', 'good until', 'note']),
  ]);
  const { places, zone } = await inFilm(db, film.id, async (tx) => ({
    places: await codePlaces(tx, desk),
    zone: (await latestRevision(tx, film.id))?.document.film.timezone ?? 'UTC',
  }));
  const rowOf = (code: Code): string[] => {
    const money = (amount: number | null): string =>
      amount === null || code.currency === null ? '' : plainAmount(amount, code.currency);
    return [
      ...[code.word, giftWords(code), placeWords(code, places), stateWords[codeState(code, now)]],
      ...[String(code.uses), code.usesMax === null ? '' : String(code.usesMax)],
      ...[money(code.money), money(code.moneyMax), code.currency ?? ''],
      ...[sayLocal(code.goodFrom, zone), sayLocal(code.goodUntil, zone), code.note],
    ];
  };
  for (let before: string | null = null; ; ) {
    const filter: CodeFilter = { ...filterOf(view), before };
    const codes: Code[] = await inFilm(db, film.id, (tx) => listCodes(tx, film.id, now, filter, perPiece));
    if (codes.length > 0) yield csvLines(codes.map(rowOf));
    if (codes.length < perPiece) return;
    before = codes.at(-1)?.id ?? null;
  }
}
