import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { Ready } from './hold-request.ts';
import './tables.ts';

/** Writes the orders of those who got their places. */
export async function keepOrders(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  held: readonly Ready[],
): Promise<void> {
  if (held.length === 0) return;
  await tx
    .insertInto('order')
    .values(
      held.map(
        ({ orderId: id, orderCode: code, request, promo, quote: { currency, total, gift }, lapsesAt }) => {
          const { screeningId, channel, language, referral } = request;
          return {
            ...{ filmId, id, code, screeningId, channel, language, referral, codeId: promo?.id ?? null },
            ...{ currency, total, gift, madeAt: now, lapsesAt },
          };
        },
      ),
    )
    .execute();
  const keys = held.map(({ request, orderId }) => ({
    ...{ filmId, secretHash: hashSecret(request.key), orderId, madeAt: now },
  }));
  await tx.insertInto('orderKey').values(keys).execute();
  await keepLines(tx, filmId, held);
}

/** What was chosen and which codes were used for it, for orders that have neither. */
export async function keepLines(tx: Tx, filmId: string, held: readonly Ready[]): Promise<void> {
  const lines = held.flatMap(({ orderId, quote: { lines } }) =>
    lines.map((line, at) => ({ filmId, orderId, line: at + 1, ...line })),
  );
  await tx.insertInto('orderLine').values(lines).execute();
  const uses = held.flatMap(({ orderId, promo, lapsesAt, quote: { codeUses, codeMoney } }) =>
    promo && codeUses > 0
      ? [{ filmId, codeId: promo.id, orderId, uses: codeUses, money: codeMoney, expiresAt: lapsesAt }]
      : [],
  );
  if (uses.length > 0) await tx.insertInto('codeUse').values(uses).execute();
}
