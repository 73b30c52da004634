import {
  type Choice,
  giftMax,
  isOrderKey,
  type Order,
  type TicketType,
} from '../../domain/boxoffice/index.ts';
import { plainAmount, readAmount } from '../../domain/ledger/index.ts';

/** The names of the fields in which a ticket type's choice is typed. */
export const quantityField = (typeId: string): string => `q-${typeId}`;
export const amountField = (typeId: string): string => `a-${typeId}`;

/** What somebody chose, and what of it is no number: by field, the code of its refusal. */
export type ReadChoices = {
  readonly choices: readonly Choice[];
  readonly gift: number;
  readonly problems: ReadonlyMap<string, 'quantity_wrong' | 'amount_missing' | 'gift_wrong'>;
};

/**
 * Reads what was typed about the types of a screening. A number is a number: neither `1e3` nor `0x10`, neither half
 * nor less than none. Types of which nothing is wanted are left out.
 */
export function readChoices(
  types: readonly Pick<TicketType, 'id' | 'kind' | 'currency'>[],
  fields: Readonly<Record<string, string>>,
): ReadChoices {
  const problems = new Map<string, 'quantity_wrong' | 'amount_missing' | 'gift_wrong'>();
  const choices = types.flatMap((type): Choice[] => {
    const typed = (fields[quantityField(type.id)] ?? '').trim();
    if (/^0{0,3}$/.test(typed)) return [];
    if (!/^\d{1,3}$/.test(typed)) problems.set(quantityField(type.id), 'quantity_wrong');
    const amount = type.kind === 'pwyw' ? readPrice(fields[amountField(type.id)] ?? '', type.currency) : null;
    if (type.kind === 'pwyw' && amount === null) problems.set(amountField(type.id), 'amount_missing');
    return [{ ticketTypeId: type.id, quantity: Number(typed), amount }];
  });
  // What names no type of this screening is passed on as it is: the domain refuses it.
  for (const [name, typed] of Object.entries(fields)) {
    const id = /^q-(.+)$/.exec(name)?.[1];
    if (id === undefined || types.some((type) => type.id === id) || /^0*$/.test(typed.trim())) continue;
    choices.push({ ticketTypeId: id, quantity: 1, amount: null });
  }
  const typedGift = (fields.gift ?? '').trim();
  const gift = typedGift === '' ? 0 : readPrice(typedGift, types[0]?.currency ?? 'USD');
  if (gift === null || gift > giftMax) problems.set('gift', 'gift_wrong');
  return { choices, gift: gift ?? 0, problems };
}

/** What an order says, as its form would have it typed. */
export function chosenFields(
  { lines, gift, currency }: Pick<Order, 'lines' | 'gift' | 'currency'>,
  types: readonly Pick<TicketType, 'id' | 'kind'>[],
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { ticketTypeId, quantity, price } of lines) {
    fields[quantityField(ticketTypeId)] = String(quantity);
    const isTheirs = types.find(({ id }) => id === ticketTypeId)?.kind === 'pwyw';
    if (isTheirs) fields[amountField(ticketTypeId)] = plainAmount(price, currency);
  }
  if (gift > 0) fields.gift = plainAmount(gift, currency);
  return fields;
}

/** An amount in minor units, nothing included; null where it is none. */
function readPrice(typed: string, currency: string): number | null {
  return /^0+([.,]0{1,4})?$/.test(typed.trim()) ? 0 : readAmount(typed.replace(',', '.'), currency);
}

/** The secret that a form carried; null where it is none of ours. */
export function readKey(fields: Readonly<Record<string, string | undefined>>): string | null {
  const { key = '' } = fields;
  return isOrderKey(key) ? key : null;
}

/** The secret of an offer, as a form or a link carries it. */
export function readOffer({ offer = '' }: Readonly<Record<string, string | undefined>>): string | null {
  return isOrderKey(offer) ? offer : null;
}

/** Who sent the buyer here, as a link says it; anything else is nobody. */
export function readReferral(typed: string | undefined): string | null {
  return typed !== undefined && /^[a-z0-9-]{1,80}$/.test(typed) ? typed : null;
}
