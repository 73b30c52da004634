import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { hashSecret, newId, newSecret } from '../../platform/secrets.ts';
import { addGrant } from './grants.ts';
import { lockFund } from './open-fund.ts';
import { grantRules } from './rule-rows.ts';
import { newRule, ruleFor } from './rules.ts';

/** Somebody who waits for a grant, and what it would be for. */
export type Wait = {
  readonly id: string;
  readonly currency: string;
  readonly screeningId: string;
  readonly ticketTypeId: string;
  readonly amount: number;
  readonly address: string;
  readonly language: string;
  readonly site: string;
  readonly offeredUntil: Temporal.Instant | null;
};

/** Tells somebody that a grant is kept for them: a job's name. */
export const offerLetter = 'grant-offered';

/** Keeps an address until the fund can pay, or the screening begins. Asked again it is the same place in the list. */
export async function waitForGrant(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  wait: Omit<Wait, 'id' | 'offeredUntil'> & { readonly waitsUntil: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto('grantWait')
    .values({ filmId, id: newId(), ...wait, madeAt: now })
    // By screening and address, whatever its capitals.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Offers what is free to those who wait, in the order in which they came and to nobody out of turn: where the first
 * needs more than is there, the others wait with them. Each has a stated time to take it.
 */
export async function offerToWaiting(tx: Tx, filmId: string, now: Temporal.Instant): Promise<number> {
  const currencies = await tx
    .selectFrom('grantWait')
    .select('currency')
    .distinct()
    .where('filmId', '=', filmId)
    .execute();
  if (currencies.length === 0) return 0;
  await lockFund(
    tx,
    filmId,
    now,
    currencies.map(({ currency }) => currency),
  );
  const rules = await grantRules(tx, filmId);
  let offered = 0;
  for (const { currency } of currencies) {
    for (const wait of await waiting(tx, filmId, currency)) {
      const { screeningId, amount, waitsUntil } = wait;
      const { offerHours } = ruleFor(rules, { channel: 'screening', currency, screeningId }) ?? newRule;
      const until = earlier(now.add({ hours: offerHours }), waitsUntil);
      const refused = await addGrant(tx, filmId, now, {
        ...{ subjectId: wait.id, currency, screeningId, amount, codeId: null, personMark: null },
        expiresAt: until,
      });
      if (refused) break;
      await tx
        .updateTable('grantWait')
        .set({ offeredUntil: until })
        .where('filmId', '=', filmId)
        .where('id', '=', wait.id)
        .execute();
      await addJob(tx, offerLetter, { filmId, waitId: wait.id }, { key: `${offerLetter}:${wait.id}` });
      offered += 1;
    }
  }
  return offered;
}

// More than these at once are offered a few seconds later.
const offersAtOnce = 200;

async function waiting(
  tx: Tx,
  filmId: string,
  currency: string,
): Promise<{ id: string; screeningId: string; amount: number; waitsUntil: Temporal.Instant }[]> {
  return await tx
    .selectFrom('grantWait')
    .select(['id', 'screeningId', 'amount', 'waitsUntil'])
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where('offeredUntil', 'is', null)
    // Ids sort by when they were made.
    .orderBy('id')
    .limit(offersAtOnce)
    .execute();
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant =>
  one.epochMilliseconds < other.epochMilliseconds ? one : other;

/** Offers that nobody was told of yet, in the order in which they were asked for. */
export async function untoldOffers(tx: Tx, filmId: string, now: Temporal.Instant): Promise<string[]> {
  const rows = await tx
    .selectFrom('grantWait')
    .select('id')
    .where('filmId', '=', filmId)
    .where('offeredUntil', '>', now)
    .where('secretHash', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The secret that opens an offer, made for the one letter that tells of it; null where it was told, or is over. */
export async function secretForOffer(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  waitId: string,
): Promise<{ readonly wait: Wait; readonly secret: string } | null> {
  const secret = newSecret();
  const wait = await tx
    .updateTable('grantWait')
    .set({ secretHash: hashSecret(secret) })
    .where('filmId', '=', filmId)
    .where('id', '=', waitId)
    .where('offeredUntil', '>', now)
    .where('secretHash', 'is', null)
    .returning(columns)
    .executeTakeFirst();
  return wait ? { wait, secret } : null;
}

/** What is offered to whoever holds this secret; null: nothing, or no longer. */
export async function offerBySecret(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  secret: string,
): Promise<Wait | null> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(secret)) return null;
  const wait = await tx
    .selectFrom('grantWait')
    .select(columns)
    .where('filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .where('offeredUntil', '>', now)
    .executeTakeFirst();
  return wait ?? null;
}

/** Whether a grant is still kept for somebody who waited. Under `lockFund`. */
export async function isOffered(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  waitId: string,
): Promise<boolean> {
  const found = await tx
    .selectFrom('grantWait')
    .select('id')
    .where('filmId', '=', filmId)
    .where('id', '=', waitId)
    .where('offeredUntil', '>', now)
    .executeTakeFirst();
  return found !== undefined;
}

const columns = [
  ...(['id', 'currency', 'screeningId', 'ticketTypeId', 'amount', 'address', 'language'] as const),
  ...(['site', 'offeredUntil'] as const),
];

/** How many wait, those included to whom a grant is offered. */
export async function waitingCounts(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
): Promise<{ readonly currency: string; readonly waiting: number; readonly offered: number }[]> {
  const rows = await tx
    .selectFrom('grantWait')
    .select((it) => [
      'currency',
      it.fn.countAll<number>().filterWhere('offeredUntil', 'is', null).as('waiting'),
      it.fn.countAll<number>().filterWhere('offeredUntil', '>', now).as('offered'),
    ])
    .where('filmId', '=', filmId)
    .where('waitsUntil', '>', now)
    .groupBy('currency')
    .execute();
  return rows;
}
