import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  perOrderMaximum,
  type TicketType,
  type TicketTypeDraft,
  ticketKinds,
  ticketTypeDraft,
} from '../../../domain/boxoffice/index.ts';
import type { Text } from '../../../domain/film/index.ts';
import { minorDigits, plainAmount, readAmount } from '../../../domain/ledger/index.ts';
import { parseLocalStart, startMoments, whyNoStartWords } from '../../../domain/screenings/index.ts';
import type { FormState } from '../../../ui/admin/index.ts';

const field = z.string().max(5_000, 'At most 5,000 characters').default('');

/** The form's fields, for a film with these languages. */
export function typeForm(languages: readonly string[]): z.ZodObject<Record<string, typeof field>> {
  const texts = languages.flatMap((_, at) => [nameOf('name', languages, at), nameOf('about', languages, at)]);
  const others = ['kind', 'currency', 'price', 'price_min', 'price_max', 'places_max', 'per_order_max'];
  const names = [...texts, ...others, 'sale_from', 'sale_until', 'needs_code', 'look'];
  return z.object(Object.fromEntries(names.map((name) => [name, field])));
}

/** The field of a text in one of the film's languages: the first has the plain name. */
export function nameOf(name: string, languages: readonly string[], at: number): string {
  return at === 0 ? name : `${name}.${languages[at]}`;
}

type Values = Record<string, string>;

/** What the form of a type shows. */
export function valuesOfType(type: TicketType, languages: readonly string[], zone: string): Values {
  const money = (amount: number | null): string =>
    amount === null ? '' : plainAmount(amount, type.currency);
  return {
    ...textValues('name', type.name, languages),
    ...textValues('about', type.about ?? '', languages),
    kind: type.kind,
    currency: type.currency,
    price: type.kind === 'fixed' || type.kind === 'pwyw' ? money(type.price) : '',
    price_min: money(type.priceMin),
    price_max: money(type.priceMax),
    places_max: type.placesMax === null ? '' : String(type.placesMax),
    per_order_max: String(type.perOrderMax),
    sale_from: localOf(type.saleFrom, zone),
    sale_until: localOf(type.saleUntil, zone),
    needs_code: type.needsCode ? 'yes' : '',
  };
}

function textValues(name: string, text: Text, languages: readonly string[]): Values {
  return Object.fromEntries(
    languages.map((language, at) => {
      const words = typeof text === 'string' ? (at === 0 ? text : '') : (text[language] ?? '');
      return [nameOf(name, languages, at), words];
    }),
  );
}

/** A moment as a field of day and time shows it, on the venue's clock. */
export function localOf(at: Temporal.Instant | null, zone: string): string {
  return at === null ? '' : at.toZonedDateTimeISO(zone).toPlainDateTime().toString().slice(0, 16);
}

export type ReadType =
  | { readonly ok: true; readonly draft: TicketTypeDraft; readonly form: FormState }
  | { readonly ok: false; readonly form: FormState };

/** Reads what was typed as a ticket type, mistakes beside their fields. `zone` is the venue's. */
export function readType(values: Values, languages: readonly string[], zone: string): ReadType {
  const errors: Record<string, string> = {};
  const kind = ticketKinds.find((each) => each === values.kind);
  if (!kind) errors.kind = 'How it is priced';
  const currency = values.currency ?? '';
  const money = (name: string): number => {
    const amount = moneyOf(values[name] ?? '', currency);
    if (amount === null) errors[name] = `An amount of ${currency}, such as ${exampleOf(currency)}`;
    return amount ?? 0;
  };
  const isPaid = kind === 'fixed' || kind === 'pwyw';
  const raw = {
    name: textOf('name', values, languages) ?? '',
    about: textOf('about', values, languages),
    kind,
    currency,
    price: isPaid ? money('price') : 0,
    priceMin: kind === 'pwyw' ? money('price_min') : null,
    priceMax: kind === 'pwyw' ? money('price_max') : null,
    placesMax: wholeOf('places_max', values, errors, 1_000_000),
    perOrderMax: wholeOf('per_order_max', values, errors, perOrderMaximum) ?? 10,
    saleFrom: momentOf('sale_from', values, errors, zone),
    saleUntil: momentOf('sale_until', values, errors, zone),
    needsCode: values.needs_code === 'yes',
  };
  const parsed = ticketTypeDraft.safeParse(raw);
  if (!parsed.success)
    for (const { path, message } of parsed.error.issues)
      errors[fieldOf[String(path[0])] ?? String(path[0])] ??= wordsOf[String(path[0])] ?? capital(message);
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, form: { values, errors } };
  return { ok: true, draft: parsed.data, form: { values, errors: {} } };
}

const fieldOf: Readonly<Record<string, string>> = {
  priceMin: 'price_min',
  priceMax: 'price_max',
  placesMax: 'places_max',
  perOrderMax: 'per_order_max',
  saleFrom: 'sale_from',
  saleUntil: 'sale_until',
};
const wordsOf: Readonly<Record<string, string>> = {
  name: 'What buyers choose, in one line',
  about: 'At most 300 characters, in one line',
  currency: 'A currency of the list',
  perOrderMax: 'A whole number from 1 to 100',
};
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** An amount that may be nothing, in minor units; null where it is none. */
export function moneyOf(typed: string, currency: string): number | null {
  return /^0(\.0*)?$/.test(typed.trim()) ? 0 : readAmount(typed, currency);
}

/** How an amount of a currency is written: `12.50`, `1250`. */
export function exampleOf(currency: string): string {
  const digits = minorDigits(currency);
  return digits === 0 ? '1250' : `12.5${'0'.repeat(digits - 1)}`;
}

function textOf(name: string, values: Values, languages: readonly string[]): Text | null {
  const written = languages.flatMap((language, at) => {
    const words = (values[nameOf(name, languages, at)] ?? '').trim();
    return words === '' ? [] : [[language, words] as const];
  });
  if (written.length === 0) return null;
  return languages.length === 1 ? (written[0]?.[1] ?? null) : Object.fromEntries(written);
}

/** A whole number, or null where nothing was typed. */
export function wholeOf(name: string, values: Values, errors: Values, most: number): number | null {
  const typed = (values[name] ?? '').trim();
  if (typed === '') return null;
  if (/^\d{1,7}$/.test(typed) && Number(typed) <= most) return Number(typed);
  errors[name] = `A whole number, at most ${most.toLocaleString('en')}`;
  return null;
}

/** A moment on the clock of a zone, or null where nothing was typed. */
export function momentOf(
  name: string,
  values: Values,
  errors: Values,
  zone: string,
): Temporal.Instant | null {
  const typed = (values[name] ?? '').trim();
  if (typed === '') return null;
  const start = parseLocalStart(typed.slice(0, 16));
  const moments = start === null || start.time === null ? 'not_a_local_time' : startMoments(start, zone);
  if (typeof moments !== 'string') return moments.startsAt;
  errors[name] = moments === 'not_a_local_time' ? 'A day and a time' : capital(whyNoStartWords[moments]);
  return null;
}
