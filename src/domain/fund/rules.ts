import type { Temporal } from 'temporal-polyfill';
import type { Claimants, GrantChannel } from './tables.ts';

/** What a grant pays and who may claim one, at one screening or at all that have no rule of their own. */
export type GrantRule = {
  readonly id: string;
  readonly channel: GrantChannel;
  readonly currency: string;
  /** null: wherever no rule of its own stands. */
  readonly screeningId: string | null;
  /** Of a place's price, at most so much comes from the fund, minor units; null: all of it. */
  readonly paysMax: number | null;
  readonly who: Claimants;
  readonly needsAddress: boolean;
  readonly perAddressMax: number;
  readonly perAddressDays: number;
  readonly placesMax: number | null;
  readonly offerHours: number;
};

/** What a film starts with: the whole price, for everyone, one within thirty days, two days to take an offer. */
export const newRule: Omit<GrantRule, 'id' | 'currency' | 'screeningId'> = {
  ...{ channel: 'screening', paysMax: null, who: 'everyone', needsAddress: false },
  ...{ perAddressMax: 1, perAddressDays: 30, placesMax: null, offerHours: 48 },
};

/** The rule that a grant at a screening goes by: its own before the film's; null: the film gives none. */
export function ruleFor(
  rules: readonly GrantRule[],
  at: {
    readonly channel: GrantChannel;
    readonly currency: string;
    readonly screeningId: string;
  },
): GrantRule | null {
  const able = rules.filter(({ channel, currency }) => channel === at.channel && currency === at.currency);
  const own = able.find(({ screeningId }) => screeningId === at.screeningId);
  return own ?? able.find(({ screeningId }) => screeningId === null) ?? null;
}

/** What the fund pays of a place of this price; the film forgoes the rest, so that nobody is asked for any. */
export function grantFor({ paysMax }: Pick<GrantRule, 'paysMax'>, price: number): number {
  return paysMax === null ? price : Math.min(price, paysMax);
}

/** A gift with what is left of it, in the order in which gifts pay. */
export type GiftLeft = { readonly id: string; readonly left: number };

/** Which gifts pay so much, the first given first; null where all of them together do not. */
export function legsFor(
  gifts: readonly GiftLeft[],
  amount: number,
): { readonly giftId: string; readonly amount: number }[] | null {
  const legs: { giftId: string; amount: number }[] = [];
  let missing = amount;
  for (const { id, left } of gifts) {
    if (missing === 0) break;
    const paid = Math.min(left, missing);
    if (paid > 0) legs.push({ giftId: id, amount: paid });
    missing -= paid;
  }
  return missing === 0 ? legs : null;
}

/** Since when grants of one address count against its limit. */
export function countedSince({ perAddressDays }: GrantRule, now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: 24 * perAddressDays });
}
