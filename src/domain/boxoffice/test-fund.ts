import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../platform/secrets.ts';
import {
  freeInFund,
  fundFigures,
  type GrantRuleDraft,
  newRule,
  putIntoFund,
  saveGrantRule,
} from '../fund/index.ts';
import { trialBalance } from '../ledger/index.ts';
import type { HoldRequest } from './index.ts';
import { asks, cleo, now, openBoxOffice, plainType, today } from './test-ground.ts';

export type Office = Awaited<ReturnType<typeof openBoxOffice>>;

export const ten = { ...plainType, price: 1000 };
export const later = (minutes: number): Temporal.Instant => now.add({ minutes });

/** A box office whose fund holds so much, and gives grants by this rule. */
export async function withFund(money: number, rule: Partial<GrantRuleDraft> = {}): Promise<Office> {
  const office = await openBoxOffice();
  await office.within(async (tx) => {
    await saveGrantRule(tx, office.filmId, now, cleo, {
      ...newRule,
      ...{ currency: 'USD', screeningId: null, perAddressMax: 100, ...rule },
    });
    if (money > 0) await putIn(office, money, tx);
  });
  return office;
}

type OfficeTx = Parameters<Parameters<Office['within']>[0]>[0];

export const putIn = async ({ filmId }: Office, amount: number, tx: OfficeTx): Promise<void> =>
  putIntoFund(tx, filmId, now, cleo, {
    ...{ key: newId(), currency: 'USD', amount, bookedOn: today, memo: 'From the makers' },
  });

export const open = { mark: null, offerId: null };
export const claims = (screeningId: string, ticketTypeId: string, more: Partial<HoldRequest> = {}) =>
  asks(screeningId, [{ ticketTypeId }], { grant: open, ...more });

export async function stands({ within, filmId }: Office, at: Temporal.Instant = now) {
  return await within(async (tx) => {
    const [figures] = await fundFigures(tx, filmId, at);
    const [line] = await trialBalance(tx, filmId, null, 'fund');
    const booked = (line?.credit ?? 0) - (line?.debit ?? 0);
    return { ...figures, booked, free: await freeInFund(tx, filmId, at, 'USD') };
  });
}
