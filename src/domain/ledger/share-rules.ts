import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { amountMax, isCurrency } from './money.ts';
import { pointsOfAll, type SaleScope, type ShareTerms } from './shares.ts';
import { shareBases } from './tables.ts';

/** A participant's share: of what, how much, of which sales, up to what, from when. */
export type ShareRule = ShareTerms &
  SaleScope & {
    readonly id: string;
    readonly participantId: string;
    readonly currency: string | null;
    /** At most so much in all, minor units of the currency. */
    readonly cap: number | null;
    readonly startsAt: Temporal.Instant;
    /** Sales from then on are not shared by it; those before are, for ever. */
    readonly endedAt: Temporal.Instant | null;
  };

export const shareRuleDraft = z
  .strictObject({
    participantId: z.uuid(),
    base: z.enum(shareBases),
    points: z.number().int().min(1).max(pointsOfAll).nullable(),
    fixed: z.number().int().min(1).max(1_000_000_000).nullable(),
    currency: z.string().refine(isCurrency, 'a currency such as USD').nullable(),
    screeningId: z.uuid().nullable(),
    channel: z
      .string()
      .regex(/^[a-z-]{1,40}$/)
      .nullable(),
    cap: z.number().int().min(1).max(amountMax).nullable(),
    startsAt: z.custom<Temporal.Instant>(),
  })
  .refine(({ points, fixed }) => (points === null) !== (fixed === null), 'a percentage or a sum')
  .refine(({ fixed, cap, currency }) => (fixed === null && cap === null) || currency !== null, {
    message: 'a currency such as USD',
    path: ['currency'],
  });
export type ShareRuleDraft = z.infer<typeof shareRuleDraft>;

const columns = [
  ...(['id', 'participantId', 'base', 'points', 'fixed', 'currency', 'screeningId', 'channel'] as const),
  ...(['cap', 'startsAt', 'endedAt'] as const),
];

/** A film's share rules, ended ones too, in the order in which they were added. */
export async function shareRules(tx: Tx, filmId: string): Promise<ShareRule[]> {
  return await tx
    .selectFrom('shareRule')
    .select(columns)
    .where('filmId', '=', filmId)
    .orderBy('id')
    .execute();
}

/**
 * Gives a participant a share from a moment on.
 * @throws {Refusal} no_such_participant · shares_beyond_all, where percentages of one sale would come to more than all
 */
export async function addShareRule(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  said: ShareRuleDraft,
): Promise<string> {
  const draft = shareRuleDraft.parse(said);
  // All participants' rows, so that two who add rules see each other's.
  const all = await tx
    .selectFrom('participant')
    .select(['id', 'name'])
    .where('filmId', '=', filmId)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const participant = all.find(({ id }) => id === draft.participantId);
  if (!participant) throw new Refusal('no_such_participant');
  const others = (await shareRules(tx, filmId)).filter(
    (rule) => rule.endedAt === null && canMeet(rule, draft),
  );
  const points = others.reduce((sum, rule) => sum + (rule.points ?? 0), draft.points ?? 0);
  if (points > pointsOfAll) throw new Refusal('shares_beyond_all');
  const id = newId();
  await tx
    .insertInto('shareRule')
    .values({ filmId, id, ...draft, addedAt: now })
    .execute();
  const { base, points: part, fixed } = draft;
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'ledger.add_share', subject: participant.name, details: { base, points: part, fixed } },
  });
  return id;
}

/** Whether one sale can be about both. */
function canMeet(one: SaleScope, other: SaleScope): boolean {
  const meets = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;
  return meets(one.screeningId, other.screeningId) && meets(one.channel, other.channel);
}

/** Ends a rule: what is sold from now on is not shared by it. Ended already is ended. @throws {Refusal} no_such_rule */
export async function endShareRule(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<void> {
  const rule = (await shareRules(tx, filmId)).find((each) => each.id === id);
  if (!rule) throw new Refusal('no_such_rule');
  const ended = await tx
    .updateTable('shareRule')
    .set({ endedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning('participantId')
    .executeTakeFirst();
  if (!ended) return;
  await recordAudit(tx, filmId, now, by, { action: 'ledger.end_share', subject: ended.participantId });
}
