import {
  type ConfirmAnswer,
  confirmOrders,
  type OrderProof,
  orderIdsByKey,
} from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { type Gather, openGather } from '../../platform/gather.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { House } from '../house.ts';
import type { Guests } from './read-guests.ts';

type Asked = { readonly proof: OrderProof; readonly guests: Guests };

/** Who acts where a buyer does: the audit log and the books know no more of them. */
export const buyer = { personId: null, name: 'a buyer' } as const;

// As with holds: some hundred tickets are given within a few milliseconds.
const togetherMax = 400;

/** Confirms orders that have nothing to pay, together with all who ask at the same moment. */
export function openConfirm(house: House): (filmId: string, asked: Asked) => Promise<ConfirmAnswer> {
  const gather: Gather<Asked, ConfirmAnswer> = openGather(
    (filmId, all) =>
      inFilm(house.db, filmId, async (tx) => {
        const now = house.clock();
        const proofs = all.map(({ proof }) => proof);
        const ids = await orderIdsByKey(tx, proofs);
        const { today: bookedOn } = await filmMoney(tx, filmId, now);
        const confirmations = all.flatMap(({ guests }, at) => {
          const orderId = ids[at] ?? null;
          const { buyer, guestNames } = guests;
          return orderId === null ? [] : [{ orderId, method: 'free' as const, buyer, guestNames }];
        });
        const answers = (await confirmOrders(tx, filmId, now, buyer, { bookedOn, confirmations })).values();
        const gone: ConfirmAnswer = { kind: 'refused', refusal: new Refusal('no_such_order') };
        return ids.map((id) => (id === null ? gone : (answers.next().value ?? gone)));
      }),
    togetherMax,
  );
  return gather;
}
