import { orderBySecret, orderState, ordersById } from '../../domain/boxoffice/index.ts';
import { networkOf } from '../../platform/auth/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { House } from '../house.ts';
import type { ChoiceAnswer } from './take-places.ts';

// A union hall's whole network may choose at once; somebody who empties the house without paying needs far more.
const openOrdersMax = 40;
const networksMax = 20_000;

type Network = { orders: ReadonlySet<string>; asking: number };

/**
 * Keeps one network from setting a house's places aside without ever paying: it may have so many orders open at a time,
 * at each process. Kept in memory alone. This machine itself has no limit: where a proxy is not counted, everybody would
 * come from it.
 */
export type UnpaidHolds = {
  /**
   * Sets places aside by `take`, where the network may have one more order open or has the one that `key` opens; null
   * where it may not. Who is asking counts already, so that a burst is not let in whole. The database is asked only
   * where there seem to be too many.
   */
  within<Answer extends ChoiceAnswer>(
    from: { readonly filmId: string; readonly address: string; readonly key: string | null },
    take: () => Promise<Answer>,
  ): Promise<Answer | null>;
};

export function openUnpaidHolds(house: Pick<House, 'db' | 'clock'>): UnpaidHolds {
  const networks = new Map<string, Network>();
  return {
    async within({ filmId, address, key }, take) {
      if (isThisMachine(address)) return await take();
      const network = networkAt(networks, `${filmId} ${networkOf(address)}`);
      network.asking += 1;
      try {
        if (!(await mayHave(house, filmId, network, key))) return null;
        const answer = await take();
        if (answer.kind === 'held') network.orders = new Set([...network.orders, answer.orderId]);
        return answer;
      } finally {
        network.asking -= 1;
      }
    },
  };
}

async function mayHave(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  filmId: string,
  network: Network,
  key: string | null,
): Promise<boolean> {
  // Who asks is counted among those who ask.
  const isFull = () => network.orders.size + network.asking > openOrdersMax;
  if (!isFull()) return true;
  const own = await inFilm(db, filmId, async (tx) => {
    const now = clock();
    const orders = await ordersById(tx, filmId, [...network.orders]);
    const over = [...network.orders].filter((id) => {
      const order = orders.get(id);
      return order === undefined || orderState(order, now) !== 'open';
    });
    network.orders = network.orders.difference(new Set(over));
    return key === null ? null : await orderBySecret(tx, filmId, key);
  });
  return !isFull() || (own !== null && network.orders.has(own.id));
}

function networkAt(networks: Map<string, Network>, name: string): Network {
  const network = networks.get(name) ?? { orders: new Set(), asking: 0 };
  networks.delete(name);
  // Those that were quiet the longest are forgotten first.
  if (networks.size >= networksMax) networks.delete(networks.keys().next().value ?? '');
  networks.set(name, network);
  return network;
}

const isThisMachine = (address: string): boolean => address === '::1' || address.startsWith('127.');
