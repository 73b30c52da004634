import { orderState, ordersById } from '../../domain/boxoffice/index.ts';
import { networkOf } from '../../platform/auth/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { House } from '../house.ts';

// A union hall's whole network may choose at once; somebody who empties the house without paying needs far more.
const openOrdersMax = 40;
const networksMax = 20_000;

/**
 * Keeps one network from setting a house's places aside without ever paying: it may have so many orders open at a time,
 * at each process. Kept in memory alone, and only while an order may be open. This machine itself has no limit: where
 * a proxy is not counted, everybody would come from it.
 */
export type UnpaidHolds = {
  /** Whether a network may have one more. Asks the database only where it seems to have too many. */
  mayHold(filmId: string, address: string): Promise<boolean>;
  note(filmId: string, address: string, orderId: string): void;
};

export function openUnpaidHolds(house: Pick<House, 'db' | 'clock'>): UnpaidHolds {
  const byNetwork = new Map<string, readonly string[]>();
  return {
    async mayHold(filmId, address) {
      if (isThisMachine(address)) return true;
      const network = keyOf(filmId, address);
      const held = byNetwork.get(network) ?? [];
      if (held.length < openOrdersMax) return true;
      const now = house.clock();
      const orders = await inFilm(house.db, filmId, (tx) => ordersById(tx, filmId, held));
      const open = held.filter((id) => {
        const order = orders.get(id);
        return order !== undefined && orderState(order, now) === 'open';
      });
      byNetwork.set(network, open);
      return open.length < openOrdersMax;
    },
    note(filmId, address, orderId) {
      if (isThisMachine(address)) return;
      const network = keyOf(filmId, address);
      const held = byNetwork.get(network) ?? [];
      byNetwork.delete(network);
      // The networks that were quiet the longest are forgotten first.
      if (byNetwork.size >= networksMax) byNetwork.delete(byNetwork.keys().next().value ?? '');
      byNetwork.set(network, [...held, orderId]);
    },
  };
}

const keyOf = (filmId: string, address: string): string => `${filmId} ${networkOf(address)}`;

const isThisMachine = (address: string): boolean => address === '::1' || address.startsWith('127.');
