import { z } from 'zod';
import {
  addCode,
  addCodes,
  type Code,
  codeById,
  editCode,
  withdrawCode,
} from '../../../domain/boxoffice/index.ts';
import { filmMoney, latestRevision } from '../../../domain/film/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { CodePage } from './code-page.tsx';
import { type CodePlace, codeForm, placeValue, readCodes, valuesOfCode } from './code-values.ts';
import { addCodesList } from './list-desk.tsx';
import { codePlaces } from './places.ts';
import { codeRefusals, sayings } from './words.ts';

/** Codes: listed, made by one or by the hundred, changed, withdrawn. */
export function addCodesDesk(app: DeskApp, house: House): void {
  addCodesList(app, house);
  app.get('/codes/new', allow('boxoffice.manage'), (c) => show(c, house, null, null));
  app.post('/codes/new', allow('boxoffice.manage'), (c) => makeCodes(c, house));
  app.get('/codes/:id', allow('codes.read'), (c) => showOne(c, house));
  app.post('/codes/:id', allow('boxoffice.manage'), (c) => changeCode(c, house));
  for (const [path, isWithdrawn, said] of [
    ['withdrawal', true, 'withdrawn'],
    ['return', false, 'returned'],
  ] as const)
    app.post(`/codes/:id/${path}`, allow('boxoffice.manage'), async (c) => {
      await readForm(c, noFields);
      const { film, now, actor, base } = c.var.desk;
      const { id } = await codeOf(c, house);
      await inFilm(house.db, film.id, (tx) => withdrawCode(tx, film.id, now, actor, { id, isWithdrawn }));
      return leadTo(c, `${base}/codes/${id}`, said);
    });
}

async function codeOf(c: DeskContext, house: House): Promise<Code> {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const { film } = c.var.desk;
  const code = await inFilm(house.db, film.id, (tx) => codeById(tx, film.id, id));
  if (code === null) throw new NotFound();
  return code;
}

type Ground = {
  readonly places: readonly CodePlace[];
  readonly currencies: readonly string[];
  readonly zone: string;
};

async function groundOf(tx: Tx, c: DeskContext, code: Code | null): Promise<Ground> {
  const { desk } = c.var;
  const { currency } = await filmMoney(tx, desk.film.id, desk.now);
  const known = await codePlaces(tx, desk);
  // A code of a screening beyond the list keeps its place when it is saved.
  const own = code !== null && !known.some(({ value }) => value === placeValue(code));
  const places = own
    ? [...known, { ...code, value: placeValue(code), label: 'As it is now', group: 'Other' }]
    : known;
  return {
    places,
    currencies: [...new Set([currency, ...Intl.supportedValuesOf('currency')])],
    zone: (await latestRevision(tx, desk.film.id))?.document.film.timezone ?? 'UTC',
  };
}

async function show(
  c: DeskContext,
  house: House,
  code: Code | null,
  typed: FormState | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const ground = await inFilm(house.db, desk.film.id, (tx) => groundOf(tx, c, code));
  const currency = ground.currencies[0] ?? 'USD';
  const values =
    code === null ? { kind: 'percent', currency, place: '' } : valuesOfCode(code, ground.zone, currency);
  const form = typed ?? { values, errors: {} };
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <CodePage {...{ desk, code, form, notice }} {...ground} />, status);
}

async function showOne(c: DeskContext, house: House): Promise<Response> {
  return await show(c, house, await codeOf(c, house), null);
}

async function makeCodes(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const sent = await readForm(c, codeForm);
  if (!sent.ok) return await show(c, house, null, sent.form, 422);
  const { places, zone } = await inFilm(house.db, film.id, (tx) => groundOf(tx, c, null));
  const read = readCodes(sent.value, places, zone);
  if (!read.ok) return await show(c, house, null, read.form, 422);
  const { draft, count, form } = read;
  try {
    if (count === 1) {
      const id = await inFilm(house.db, film.id, (tx) => addCode(tx, film.id, now, actor, draft));
      return leadTo(c, `${base}/codes/${id}`, 'made');
    }
    const { word, ...rest } = draft;
    const prefix = word === '' ? '' : `${word}-`;
    await inFilm(house.db, film.id, (tx) =>
      addCodes(tx, film.id, now, actor, { draft: rest, prefix, count }),
    );
    return leadTo(c, `${base}/codes${prefix === '' ? '' : `?search=${prefix}`}`, 'made-many');
  } catch (refused) {
    return await show(c, house, null, refusedForm(refused, form), 422);
  }
}

async function changeCode(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const code = await codeOf(c, house);
  const sent = await readForm(c, codeForm);
  if (!sent.ok) return await show(c, house, code, sent.form, 422);
  const { places, zone } = await inFilm(house.db, film.id, (tx) => groundOf(tx, c, code));
  const read = readCodes({ ...sent.value, word: code.word, count: '' }, places, zone);
  if (!read.ok) return await show(c, house, code, read.form, 422);
  const { word: _, ...draft } = read.draft;
  await inFilm(house.db, film.id, (tx) => editCode(tx, film.id, now, actor, { id: code.id, draft }));
  return leadTo(c, `${base}/codes/${code.id}`, 'saved');
}

function refusedForm(refused: unknown, form: FormState): FormState {
  const known = refused instanceof Refusal ? codeRefusals[refused.code] : undefined;
  if (known === undefined) throw refused;
  return withError(form, known.field, known.words);
}
