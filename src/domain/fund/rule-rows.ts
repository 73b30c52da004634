import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';
import { newId } from '../../platform/secrets.ts';
import { isCurrency } from '../ledger/index.ts';
import { fundChanged } from './open-fund.ts';
import type { GrantRule } from './rules.ts';
import { claimants } from './tables.ts';

export const grantRuleDraft = z.strictObject({
  channel: z.literal('screening'),
  currency: z.string().refine(isCurrency, 'a currency such as USD'),
  screeningId: z.uuid().nullable(),
  paysMax: z.number().int().min(1).max(1_000_000_000).nullable(),
  who: z.enum(claimants),
  needsAddress: z.boolean(),
  perAddressMax: z.number().int().min(1).max(100),
  perAddressDays: z.number().int().min(1).max(366),
  placesMax: z.number().int().min(1).max(1_000_000).nullable(),
  offerHours: z.number().int().min(1).max(168),
});
export type GrantRuleDraft = z.infer<typeof grantRuleDraft>;

const columns = [
  ...(['id', 'channel', 'currency', 'screeningId', 'paysMax', 'who', 'needsAddress'] as const),
  ...(['perAddressMax', 'perAddressDays', 'placesMax', 'offerHours'] as const),
];

/** A film's rules, the one for all screenings of a currency before those of single ones. */
export async function grantRules(tx: Tx, filmId: string): Promise<GrantRule[]> {
  return await tx
    .selectFrom('grantRule')
    .select(columns)
    .where('filmId', '=', filmId)
    .orderBy('currency')
    .orderBy('screeningId', (order) => order.asc().nullsFirst())
    .execute();
}

/** Says what a grant pays and who may claim one. What was given or set aside stays as it was given. */
export async function saveGrantRule(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  said: GrantRuleDraft,
): Promise<void> {
  const draft = grantRuleDraft.parse(said);
  await tx
    .insertInto('grantRule')
    .values({ filmId, id: newId(), ...draft, changedAt: now })
    .onConflict((conflict) =>
      conflict
        .columns(['filmId', 'channel', 'currency', 'screeningId'])
        .doUpdateSet({ ...draft, changedAt: now }),
    )
    .execute();
  const { who, currency, paysMax } = draft;
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'fund.rule', subject: currency, details: { who, paysMax } },
  });
  await changed(tx, filmId, now);
}

/** Takes a screening's own rule away: the one for all of them goes there again. Gone already is gone. */
export async function dropGrantRule(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<void> {
  const gone = await tx
    .deleteFrom('grantRule')
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .where('screeningId', 'is not', null)
    .returning('currency')
    .executeTakeFirst();
  if (!gone) return;
  await recordAudit(tx, filmId, now, by, { action: 'fund.drop_rule', subject: gone.currency });
  await changed(tx, filmId, now);
}

/** The screenings' pages say where the fund pays. */
async function changed(tx: Tx, filmId: string, now: Temporal.Instant): Promise<void> {
  await fundChanged(tx, filmId, now);
  await dropPages(tx, filmId, 'screenings');
}
