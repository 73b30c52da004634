import { createHmac } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { type GrantCode, grantCodesByWord, refuseGrantCode } from './grant-codes.ts';
import { dropGrantRows, fundChanged, giftsLeft, lockFund } from './open-fund.ts';
import { countedSince, type GrantRule, legsFor } from './rules.ts';

/** Somebody wants a place paid. Of one currency, at one screening, by its rule. */
export type GrantWish = {
  /** The order that it pays. */
  readonly orderId: string;
  readonly rule: GrantRule;
  readonly screeningId: string;
  /** What the fund pays, minor units; more than nothing. */
  readonly amount: number;
  /** A steward's word; null: claimed openly. */
  readonly code: GrantCode | null;
  /** Made by `personMark`; null: they left no address. */
  readonly mark: Buffer | null;
  readonly expiresAt: Temporal.Instant;
};

/** An address as the fund remembers it: whoever has the key can tell whether it is the same, and nobody can read it. */
export function personMark(key: string, filmId: string, address: string): Buffer {
  return createHmac('sha256', key)
    .update(`${filmId} ${address.trim().toLowerCase()}`)
    .digest()
    .subarray(0, 16);
}

/**
 * Sets a grant aside until a moment: gifts are found that pay it, the first given first. The caller holds `lockFund`.
 * Nothing is set aside where the answer is no.
 * @returns why not: no_grants · grant_needs_code · grant_needs_address · grant_taken · grants_gone ·
 *   fund_empty (also where others wait for what is in it) · those of `refuseGrantCode`
 */
export async function setGrantAside(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  wish: GrantWish,
): Promise<Refusal | null> {
  try {
    await refuseWish(tx, filmId, now, wish);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  const { orderId, rule, screeningId, amount, code, mark, expiresAt } = wish;
  return await addGrant(tx, filmId, now, {
    ...{ subjectId: orderId, currency: rule.currency, screeningId, amount },
    ...{ codeId: code?.id ?? null, personMark: mark, expiresAt },
  });
}

async function refuseWish(tx: Tx, filmId: string, now: Temporal.Instant, wish: GrantWish): Promise<void> {
  const { rule, screeningId, code, mark } = wish;
  if (rule.who === 'nobody') throw new Refusal('no_grants');
  if (code !== null) {
    // As it stands under the lock.
    const standing = (await grantCodesByWord(tx, filmId, [code.word])).get(code.word);
    refuseGrantCode(standing, now);
  } else {
    if (rule.who === 'code') throw new Refusal('grant_needs_code');
    if (mark === null && rule.needsAddress) throw new Refusal('grant_needs_address');
    if (mark !== null && (await grantsOf(tx, filmId, mark, countedSince(rule, now))) >= rule.perAddressMax)
      throw new Refusal('grant_taken', { max: rule.perAddressMax, days: rule.perAddressDays });
  }
  if (rule.placesMax !== null && (await grantsAt(tx, filmId, screeningId)) >= rule.placesMax)
    throw new Refusal('grants_gone');
  // What is in the fund is theirs who asked before; a code is a promise that a steward has given already.
  if (code === null && (await isAnyoneWaiting(tx, filmId, rule.currency))) throw new Refusal('fund_empty');
}

async function grantsOf(tx: Tx, filmId: string, mark: Buffer, since: Temporal.Instant): Promise<number> {
  const { count } = await tx
    .selectFrom('grant')
    .select((it) => it.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .where('personMark', '=', mark)
    .where('madeAt', '>', since)
    .where('returnedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

async function grantsAt(tx: Tx, filmId: string, screeningId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('grant')
    .select((it) => it.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .where('screeningId', '=', screeningId)
    .where('returnedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

async function isAnyoneWaiting(tx: Tx, filmId: string, currency: string): Promise<boolean> {
  const found = await tx
    .selectFrom('grantWait')
    .select('id')
    .where('filmId', '=', filmId)
    .where('currency', '=', currency)
    .where('offeredUntil', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export type NewGrant = {
  readonly subjectId: string;
  readonly currency: string;
  readonly screeningId: string;
  readonly amount: number;
  readonly codeId: string | null;
  readonly personMark: Buffer | null;
  readonly expiresAt: Temporal.Instant;
};

/** A grant with the gifts that pay it; fund_empty where they do not. The fund is locked. */
export async function addGrant(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  grant: NewGrant,
): Promise<Refusal | null> {
  const legs = legsFor(await giftsLeft(tx, filmId, grant.currency, grant.amount), grant.amount);
  if (legs === null) return new Refusal('fund_empty');
  const id = newId();
  await tx
    .insertInto('grant')
    .values({ filmId, id, ...grant, madeAt: now })
    .execute();
  await tx
    .insertInto('grantLeg')
    .values(legs.map((leg) => ({ filmId, grantId: id, ...leg })))
    .execute();
  await fundChanged(tx, filmId, now);
  return null;
}

/** Takes what was offered to somebody who waited, for their order. Under `lockFund`; offer_over where it is gone. */
export async function takeOffer(
  tx: Tx,
  filmId: string,
  {
    waitId,
    orderId,
    mark,
    expiresAt,
  }: Pick<GrantWish, 'orderId' | 'mark' | 'expiresAt'> & { readonly waitId: string },
): Promise<Refusal | null> {
  const taken = await tx
    .updateTable('grant')
    .set({ subjectId: orderId, personMark: mark, expiresAt })
    .where('filmId', '=', filmId)
    .where('subjectId', '=', waitId)
    .where('expiresAt', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  if (!taken) return new Refusal('offer_over');
  await tx.deleteFrom('grantWait').where('filmId', '=', filmId).where('id', '=', waitId).execute();
  return null;
}

/** Lets go what was set aside for an order that comes to nothing. Under `lockFund`. What was given stays. */
export async function dropGrants(tx: Tx, filmId: string, orderIds: readonly string[]): Promise<void> {
  if (orderIds.length === 0) return;
  const open = await tx
    .selectFrom('grant')
    .select('id')
    .where('filmId', '=', filmId)
    .where('subjectId', 'in', orderIds)
    .where('expiresAt', 'is not', null)
    .forUpdate()
    .execute();
  await dropGrantRows(
    tx,
    filmId,
    open.map(({ id }) => id),
  );
}

/**
 * Gives for good what was set aside for orders, where it still is: whoever lets lapsed grants go and whoever keeps them
 * meet at the grant's row. Takes no lock of the fund.
 * @returns the orders whose grant is given
 */
export async function keepGrants(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (orderIds.length === 0) return new Set();
  const kept = await tx
    .updateTable('grant')
    .set({ expiresAt: null, givenAt: now })
    .where('filmId', '=', filmId)
    .where('subjectId', 'in', orderIds)
    .where('expiresAt', '>', now)
    .returning('subjectId')
    .execute();
  if (kept.length > 0) await fundChanged(tx, filmId, now);
  return new Set(kept.map(({ subjectId }) => subjectId));
}

/** Grants that were kept in this transaction for orders whose places were gone: over at once, as if they had lapsed. */
export async function unkeepGrants(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderIds: readonly string[],
): Promise<void> {
  if (orderIds.length === 0) return;
  await tx
    .updateTable('grant')
    .set({ expiresAt: now, givenAt: null })
    .where('filmId', '=', filmId)
    .where('subjectId', 'in', orderIds)
    .execute();
}

/**
 * A granted place was given back: what the fund paid is in the fund again, for the gifts that had paid it. Said again it
 * is nothing. The caller posts it: income back to the fund.
 * @returns what came back, minor units
 */
export async function returnGrant(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  orderId: string,
): Promise<number> {
  const of = tx.selectFrom('grant').where('filmId', '=', filmId).where('subjectId', '=', orderId);
  const known = await of.select('currency').executeTakeFirst();
  if (!known) return 0;
  await lockFund(tx, filmId, now, [known.currency]);
  const returned = await tx
    .updateTable('grant')
    .set({ returnedAt: now })
    .where('filmId', '=', filmId)
    .where('subjectId', '=', orderId)
    .where('givenAt', 'is not', null)
    .where('returnedAt', 'is', null)
    .returning(['id', 'amount'])
    .executeTakeFirst();
  if (!returned) return 0;
  await tx.deleteFrom('grantLeg').where('filmId', '=', filmId).where('grantId', '=', returned.id).execute();
  await fundChanged(tx, filmId, now);
  return returned.amount;
}
