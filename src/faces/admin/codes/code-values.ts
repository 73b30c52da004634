import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  type Code,
  type CodeDraft,
  codeDraft,
  codeKinds,
  newCodeWord,
  readCode,
} from '../../../domain/boxoffice/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { exampleOf, localOf, momentOf, moneyOf, wholeOf } from '../boxoffice/type-values.ts';

const field = z.string().max(500, 'At most 500 characters').default('');
const common = ['kind', 'percent', 'amount', 'currency', 'place', 'uses_max', 'money_max'];
const names = [...common, 'good_from', 'good_until', 'note', 'word', 'count'];
export const codeForm = z.object(Object.fromEntries(names.map((name) => [name, field])));

/** Where a code is good: everywhere, at a screening, or for one ticket type of it. */
export type CodePlace = {
  /** `''`, `s:<screening>` or `t:<ticket type>`, as the form sends it. */
  readonly value: string;
  readonly label: string;
  readonly group: string;
  readonly screeningId: string | null;
  readonly ticketTypeId: string | null;
};

type Values = Record<string, string>;

/** What the form of a code shows. `zone` is the film's. */
export function valuesOfCode(code: Code, zone: string, currency: string): Values {
  const shown = code.currency ?? currency;
  return {
    word: code.word,
    kind: code.kind,
    percent: code.kind === 'percent' ? String(code.off) : '',
    amount: code.kind === 'amount' ? plainAmount(code.off, shown) : '',
    currency: shown,
    place: placeValue(code),
    uses_max: code.usesMax === null ? '' : String(code.usesMax),
    money_max: code.moneyMax === null ? '' : plainAmount(code.moneyMax, shown),
    good_from: localOf(code.goodFrom, zone),
    good_until: localOf(code.goodUntil, zone),
    note: code.note,
  };
}

/** How the form names where a code is good. */
export function placeValue({
  screeningId,
  ticketTypeId,
}: Pick<Code, 'screeningId' | 'ticketTypeId'>): string {
  if (ticketTypeId !== null) return `t:${ticketTypeId}`;
  return screeningId === null ? '' : `s:${screeningId}`;
}

export type ReadCodes =
  | { readonly ok: true; readonly draft: CodeDraft; readonly count: number; readonly form: FormState }
  | { readonly ok: false; readonly form: FormState };

/** Reads what was typed as a code, or as many that begin alike; mistakes beside their fields. */
export function readCodes(values: Values, places: readonly CodePlace[], zone: string): ReadCodes {
  const errors: Record<string, string> = {};
  const kind = codeKinds.find((each) => each === values.kind);
  if (!kind) errors.kind = 'What the code gives';
  const place = places.find(({ value }) => value === (values.place ?? ''));
  if (!place) errors.place = 'Where the code is good';
  const count = wholeOf('count', values, errors, 1_000) ?? 1;
  if (count < 1) errors.count ??= 'At least one';
  const typed = (values.word ?? '').trim();
  const word = typed === '' ? (count > 1 ? '' : newCodeWord()) : readCode(typed);
  if (word === null || (count > 1 && word.length > 30))
    errors.word = 'Three to thirty letters, figures and hyphens';
  const money = moneyMaxOf(values, errors);
  const raw = {
    word: word === '' || word === null ? 'NONE' : word,
    kind,
    off: offOf(kind, values, errors),
    currency: kind === 'amount' || money !== null ? (values.currency ?? '') : null,
    screeningId: place?.screeningId ?? null,
    ticketTypeId: place?.ticketTypeId ?? null,
    usesMax: wholeOf('uses_max', values, errors, 1_000_000),
    moneyMax: money,
    goodFrom: momentOf('good_from', values, errors, zone),
    goodUntil: momentOf('good_until', values, errors, zone),
    note: (values.note ?? '').trim(),
  };
  return checked(raw, { values, errors, count, isUnnamed: word === '' });
}

function checked(
  raw: Record<string, unknown>,
  {
    values,
    errors,
    count,
    isUnnamed,
  }: { values: Values; errors: Record<string, string>; count: number; isUnnamed: boolean },
): ReadCodes {
  const parsed = codeDraft.safeParse(raw);
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues) {
      const name = fieldOf(String(path[0]), String(raw.kind));
      errors[name] ??= messageOf[name] ?? message.charAt(0).toUpperCase() + message.slice(1);
    }
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, form: { values, errors } };
  const draft = isUnnamed ? { ...parsed.data, word: '' } : parsed.data;
  return { ok: true, draft, count, form: { values, errors: {} } };
}

const messageOf: Readonly<Record<string, string>> = {
  uses_max: 'A whole number of places, at least one',
  note: 'At most 300 characters',
  currency: 'A currency of the list',
};

function fieldOf(name: string, kind: string): string {
  const fields: Readonly<Record<string, string>> = {
    off: kind === 'amount' ? 'amount' : 'percent',
    usesMax: 'uses_max',
    moneyMax: 'money_max',
    goodFrom: 'good_from',
    goodUntil: 'good_until',
  };
  return fields[name] ?? name;
}

function offOf(kind: string | undefined, values: Values, errors: Values): number {
  if (kind === 'percent') return wholeOf('percent', values, errors, 100) ?? 0;
  if (kind !== 'amount') return 0;
  const currency = values.currency ?? '';
  const amount = moneyOf(values.amount ?? '', currency);
  if (amount === null) errors.amount = `An amount of ${currency}, such as ${exampleOf(currency)}`;
  return amount ?? 0;
}

function moneyMaxOf(values: Values, errors: Values): number | null {
  const typed = (values.money_max ?? '').trim();
  if (typed === '') return null;
  const currency = values.currency ?? '';
  const amount = moneyOf(typed, currency);
  if (amount === null || amount === 0)
    errors.money_max = `An amount of ${currency}, such as ${exampleOf(currency)}`;
  return amount;
}

/** A moment as a CSV file tells it: the film's own clock, without seconds. */
export function sayLocal(at: Temporal.Instant | null, zone: string): string {
  return localOf(at, zone).replace('T', ' ');
}
