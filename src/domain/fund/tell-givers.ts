import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import './tables.ts';

/** A gift that was used to its last cent, and where its giver hears of it. */
export type UsedGift = {
  readonly id: string;
  readonly currency: string;
  readonly amount: number;
  readonly address: string;
  readonly language: string;
};

// Told a day later, with all others of that day: a letter in the same minute would say whose claim it was.
const hoursBefore = 24;
const toldAtOnce = 200;

/**
 * Gifts that have paid for places in full, whose givers are told now. Each is told once: they are marked here, and the
 * address is forgotten. An order's own buyer keeps theirs in the order.
 */
export async function takeUsedGifts(tx: Tx, filmId: string, now: Temporal.Instant): Promise<UsedGift[]> {
  const used = await tx
    .selectFrom('gift')
    .select(['id', 'currency', 'amount', 'address', 'language'])
    .where('filmId', '=', filmId)
    .where('address', 'is not', null)
    .where('toldAt', 'is', null)
    .where('takenBack', '=', 0)
    .whereRef('spent', '=', 'amount')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('grantLeg')
            .innerJoin('grant', (join) =>
              join.onRef('grant.filmId', '=', 'grantLeg.filmId').onRef('grant.id', '=', 'grantLeg.grantId'),
            )
            .select('grant.id')
            .whereRef('grantLeg.filmId', '=', 'gift.filmId')
            .whereRef('grantLeg.giftId', '=', 'gift.id')
            .where((it) =>
              it.or([
                it('grant.givenAt', 'is', null),
                it('grant.givenAt', '>', now.subtract({ hours: hoursBefore })),
              ]),
            ),
        ),
      ),
    )
    .orderBy('id')
    .limit(toldAtOnce)
    .forUpdate()
    .skipLocked()
    .execute();
  if (used.length === 0) return [];
  const ids = used.map(({ id }) => id);
  await tx
    .updateTable('gift')
    .set({ toldAt: now, address: null })
    .where('filmId', '=', filmId)
    .where('id', 'in', ids)
    .execute();
  return used.flatMap(({ address, ...gift }) => (address === null ? [] : [{ ...gift, address }]));
}
