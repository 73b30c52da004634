import { emailAddress } from '../../domain/film/document/text.ts';

/** Who buys, and who comes. */
export type Guests = {
  readonly buyer: { readonly name: string; readonly address: string };
  /** In the order of the tickets; null where nobody is named. */
  readonly guestNames: readonly (string | null)[];
};

export type GuestProblem = 'name' | 'address' | 'tooLong';

export type ReadGuests = { readonly guests: Guests; readonly problems: ReadonlyMap<string, GuestProblem> };

const nameMax = 200;
// As many as one order holds at most.
const guestsMax = 100;

/** The name of the field for the guest of a ticket, counted from one. */
export const guestField = (number: number): string => `guest-${number}`;

/** Reads who comes from what was typed. Line breaks and other controls are no part of a name. */
export function readGuests(fields: Readonly<Record<string, string>>): ReadGuests {
  const problems = new Map<string, GuestProblem>();
  const nameIn = (field: string): string => {
    const typed = (fields[field] ?? '').replace(/\p{Cc}+/gu, ' ').trim();
    if (typed.length > nameMax || !typed.isWellFormed()) problems.set(field, 'tooLong');
    return typed;
  };
  const name = nameIn('name');
  if (name === '') problems.set('name', 'name');
  const address = (fields.address ?? '').trim();
  if (!emailAddress.safeParse(address).success) problems.set('address', 'address');
  const named = new Map<number, string>();
  for (const field of Object.keys(fields)) {
    const number = Number(/^guest-([1-9]\d{0,2})$/.exec(field)?.[1] ?? 0);
    const guest = number > 0 && number <= guestsMax ? nameIn(field) : '';
    if (guest !== '') named.set(number, guest);
  }
  const length = Math.max(0, ...named.keys());
  const guestNames = Array.from({ length }, (_, at) => named.get(at + 1) ?? null);
  return { guests: { buyer: { name, address }, guestNames }, problems };
}
