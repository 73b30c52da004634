import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { type Screening, screeningBySlug } from '../screenings/index.ts';
import { type TicketType, ticketTypesOf } from './ticket-types.ts';

/** What a sale at a screening is decided by, as it stands in this transaction. */
export type SaleNow = {
  readonly screening: Screening;
  readonly types: readonly TicketType[];
  /** How many places anybody may take now, and for how many minutes they are set aside; null: the film has not said so. */
  readonly open: number;
  readonly holdMinutes: number | null;
};

type Known = Pick<SaleNow, 'screening' | 'types'> & { readonly version: string };

// Far more than are on sale at one time; beyond, all are read once again.
const knownMax = 1_000;

/**
 * Looks at the public screening at an address of a film for those who ask for its places. What it says and sells is read
 * once and again after each change of it: each look asks for its version before anything is read. null where there is no
 * such screening, or no box office.
 */
export type LookAtSale = (
  tx: Tx,
  filmId: string,
  slug: string,
  now: Temporal.Instant,
) => Promise<SaleNow | null>;

export function openSaleMemory(): LookAtSale {
  const known = new Map<string, Known>();
  return async (tx, filmId, slug, now) => {
    const { rows } = await sql<{ version: string; open: number; holdMinutes: number | null }>`
      select version, open, hold_minutes from sale_at(${slug}, ${now}::timestamptz)`.execute(tx);
    const [found] = rows;
    if (!found) return null;
    const { version, open, holdMinutes } = found;
    const key = `${filmId} ${slug}`;
    const before = known.get(key);
    if (before?.version === version)
      return { screening: before.screening, types: before.types, open, holdMinutes };
    const screening = await screeningBySlug(tx, filmId, slug);
    if (!screening) return null;
    const types = await ticketTypesOf(tx, filmId, [screening.id]);
    // Who asked for the version first may remember rows that are newer, and reads once too often; never older ones.
    if (known.size >= knownMax) known.clear();
    known.set(key, { version, screening, types });
    return { screening, types, open, holdMinutes };
  };
}
