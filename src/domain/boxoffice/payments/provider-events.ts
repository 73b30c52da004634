import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/database/database.ts';
import type { ProviderEvent } from '../../../platform/payments/driver.ts';
import { lockedCharge } from './settle-charge.ts';
import './tables.ts';

/**
 * Keeps that an event came, in the transaction of what follows from it: rolled back, the event never came, and the
 * provider sends it again.
 * @returns whether it came for the first time, however long ago the others did
 */
export async function keepProviderEvent(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    accountId,
    event,
    chargeId,
  }: { readonly accountId: string; readonly event: ProviderEvent; readonly chargeId: string | null },
): Promise<boolean> {
  // The order first: the event's reference to its payment would otherwise stand in the way of who holds the order.
  if (chargeId !== null) await lockedCharge(tx, filmId, chargeId);
  const { id: eventId, kind, apiVersion } = event;
  const kept = await tx
    .insertInto('providerEvent')
    .values({ filmId, provider: 'stripe', eventId, kind, apiVersion, accountId, receivedAt: now, chargeId })
    .onConflict((conflict) => conflict.columns(['filmId', 'provider', 'eventId']).doNothing())
    .returning('eventId')
    .executeTakeFirst();
  return kept !== undefined;
}

/** Whether an event came before: then nobody need be asked about it. */
export async function hasProviderEvent(tx: Tx, filmId: string, eventId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('providerEvent')
    .select('eventId')
    .where('filmId', '=', filmId)
    .where('provider', '=', 'stripe')
    .where('eventId', '=', eventId)
    .executeTakeFirst();
  return row !== undefined;
}

/** When an account's newest event came, and what it was. */
export async function eventsSeen(
  tx: Tx,
  filmId: string,
  accountId: string,
): Promise<{ readonly last: Temporal.Instant | null; readonly kind: string | null }> {
  const row = await tx
    .selectFrom('providerEvent')
    .select(['receivedAt as last', 'kind'])
    .where('filmId', '=', filmId)
    .where('accountId', '=', accountId)
    .orderBy('receivedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { last: null, kind: null };
}
