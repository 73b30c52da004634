import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { latestRevision } from './revisions.ts';

/** A film's own currency, and the day that it is in the film's zone. */
export async function filmMoney(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
): Promise<{ readonly currency: string; readonly today: Temporal.PlainDate }> {
  const revision = await latestRevision(tx, filmId);
  const { currency = 'USD', timezone = 'UTC' } = revision?.document.film ?? {};
  return { currency, today: now.toZonedDateTimeISO(timezone).toPlainDate() };
}

/** Whatever is told by currency, the film's own first; the others stay in their order. */
export function ownFirst<Each extends { readonly currency: string }>(
  all: readonly Each[],
  own: string,
): Each[] {
  return all.toSorted((one, other) => Number(other.currency === own) - Number(one.currency === own));
}
