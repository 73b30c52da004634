import type { Tx } from '../../../platform/database/database.ts';
import type { Charge } from './charges.ts';
import './tables.ts';

/** What people call the brands; one that is not here is called as the provider calls it. */
const brandWords: Readonly<Record<string, string>> = {
  amex: 'American Express',
  cartes_bancaires: 'Cartes Bancaires',
  diners: 'Diners Club',
  discover: 'Discover',
  eftpos_au: 'eftpos',
  interac: 'Interac',
  jcb: 'JCB',
  mastercard: 'Mastercard',
  unionpay: 'UnionPay',
  visa: 'Visa',
};

/** A card as a payment knows it. */
export type PaidCard = Pick<Charge, 'cardBrand' | 'cardEnd'>;

/** Of each of these orders that stands on a payment by card: which card it was. */
export async function cardsOf(
  tx: Tx,
  filmId: string,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, PaidCard>> {
  if (orderIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('charge')
    .select(['orderId', 'cardBrand', 'cardEnd'])
    .where('filmId', '=', filmId)
    .where('orderId', 'in', orderIds)
    .where('fulfils', '=', true)
    .where('cardEnd', 'is not', null)
    .execute();
  return new Map(rows.map(({ orderId, ...card }) => [orderId, card]));
}

/** The card that paid, as its holder knows it: `Visa ending 4242`. null: it was no card, or nobody kept it then. */
export function sayCard({ cardBrand, cardEnd }: PaidCard): string | null {
  if (cardEnd === null) return null;
  const brand = brandWords[cardBrand ?? ''] ?? (cardBrand ?? '').replaceAll('_', ' ');
  return `${brand === '' || brand === 'unknown' ? 'Card' : brand} ending ${cardEnd}`;
}

const brands = [...Object.keys(brandWords), ...Object.values(brandWords).map((words) => words.toLowerCase())];

/**
 * The last four figures of a card as somebody read them from their statement: `4242`, `•••• 4242`, `visa 4242`, `Visa
 * ending 4242`; null where anything else was typed. A brand narrows nothing: people mistake it.
 */
export function readCardEnd(typed: string): string | null {
  const match = /^(.{0,40}?)[\s*•·x.…-]*(\d{4})$/.exec(typed.trim().slice(0, 60).toLowerCase());
  if (!match) return null;
  const [, before = '', end = ''] = match;
  const brand = before.replace(/(^|\s+)(card)?(\s*ending(\s+in)?)?$/, '').trim();
  return brand === '' || brands.includes(brand) ? end : null;
}
