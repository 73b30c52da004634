import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  codeUsesMax,
  grantCodes,
  grantCodesMax,
  makeGrantCodes,
  withdrawGrantCode,
} from '../../../domain/fund/index.ts';
import { csvLines } from '../../../platform/csv.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { GrantCodesPage } from './codes-page.tsx';

const count = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,6}$/, `A whole number from 1 to ${most.toLocaleString('en')}`)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, `A whole number from 1 to ${most.toLocaleString('en')}`);

const codesForm = z.object({
  steward: z.string().trim().min(1, 'Who hands the codes on').max(200, 'At most 200 characters'),
  count: count(grantCodesMax),
  uses_max: count(codeUsesMax),
  good_until: z.union([z.literal(''), z.iso.date()], 'A day such as 2026-11-25'),
});

// A spreadsheet's worth; a film that made more asks for them by steward.
const csvCodesMax = 100_000;

/** Codes that a steward hands on: made in bulk, as CSV, ended and let be good again. */
export function addGrantCodeRoutes(desk: DeskApp, house: House): void {
  desk.get('/fund/codes/new', allow('fund.manage'), (c) => formPage(c, fresh, 200));
  desk.post('/fund/codes', allow('fund.manage'), async (c) => {
    const read = await readForm(c, codesForm);
    if (!read.ok) return formPage(c, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { steward, count: wanted, uses_max: usesMax, good_until: until } = read.value;
    const goodUntil = until === '' ? null : endOf(until);
    if (goodUntil && goodUntil.epochMilliseconds <= now.epochMilliseconds)
      return formPage(c, withError(read.form, 'good_until', 'A day that is not over'), 422);
    await inFilm(house.db, film.id, (tx) =>
      makeGrantCodes(tx, film.id, now, actor, { steward, count: wanted, usesMax, goodUntil }),
    );
    return leadTo(c, `${base}/fund`, 'made');
  });
  desk.get('/fund/codes.csv', allow('fund.manage'), async (c) => {
    const { film } = c.var.desk;
    const codes = await inFilm(house.db, film.id, (tx) => grantCodes(tx, film.id, csvCodesMax));
    const rows = codes.map(({ word, steward, usesMax, uses, goodUntil, madeAt, withdrawnAt }) => [
      ...[word, steward, String(usesMax), String(uses), goodUntil?.toString() ?? ''],
      ...[madeAt.toString(), withdrawnAt?.toString() ?? ''],
    ]);
    const head = ['code', 'steward', 'places', 'used', 'good until', 'made', 'ended'];
    return csvOf(c, 'grant-codes', [csvLines([head, ...rows])]);
  });
  desk.post('/fund/codes/:id/withdrawal', allow('fund.manage'), (c) => end(c, house, true));
  desk.post('/fund/codes/:id/return', allow('fund.manage'), (c) => end(c, house, false));
}

const fresh: FormState = { values: { count: '1', uses_max: '1' }, errors: {} };

/** Codes are good through the end of a day, wherever on earth that is latest. */
function endOf(day: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Etc/GMT+12').toInstant();
}

async function end(c: DeskContext, house: House, isWithdrawn: boolean): Promise<Response> {
  await readForm(c, noFields);
  const { film, now, actor, base } = c.var.desk;
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  try {
    await inFilm(house.db, film.id, (tx) => withdrawGrantCode(tx, film.id, now, actor, { id, isWithdrawn }));
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'no_such_code') throw new NotFound();
    throw refused;
  }
  return leadTo(c, `${base}/fund`, isWithdrawn ? 'withdrawn' : 'returned');
}

function formPage(c: DeskContext, form: FormState, status: 200 | 422): Response | Promise<Response> {
  return answer(c, <GrantCodesPage desk={c.var.desk} form={form} />, status);
}
