import type { WireEvent, WireList, WireScan } from '../../../domain/boxoffice/door-wire.ts';

export type KeptList = { readonly tag: string; readonly at: number; readonly list: WireList };
export type KeptFacts = {
  /** What this device calls itself. */
  readonly device: string;
  readonly since: number;
};

/** What a device keeps of one door through reloads, dead batteries and days without a network. */
export type DoorStore = {
  list(): Promise<KeptList | null>;
  keepList(kept: KeptList): Promise<void>;
  facts(): Promise<KeptFacts | null>;
  keepFacts(facts: KeptFacts): Promise<void>;
  /** Scans of this and other devices, as the server tells of them. */
  scans(): Promise<WireScan[]>;
  keepScans(scans: readonly WireScan[]): Promise<void>;
  /** Events that the server may not know yet, in their order, each with its number. */
  waiting(): Promise<readonly (readonly [number, WireEvent])[]>;
  add(event: WireEvent): Promise<number>;
  change(number: number, event: WireEvent): Promise<void>;
  told(numbers: readonly number[]): Promise<void>;
  /** Leaves nothing of this door on the device. */
  forget(): Promise<void>;
};

const stores = ['facts', 'scans', 'waiting'] as const;
type StoreName = (typeof stores)[number];

/** Opens what this device keeps of a door. @throws where the browser keeps nothing, as in some private windows */
export async function openDoorStore(screeningId: string): Promise<DoorStore> {
  const name = `houselights-door-${screeningId}`;
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    const { result } = opening;
    result.createObjectStore('facts');
    result.createObjectStore('scans', { keyPath: 'nonce' });
    result.createObjectStore('waiting', { autoIncrement: true });
  };
  const db = await done(opening);
  const read = <T>(store: StoreName, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> =>
    done(ask(db.transaction(store).objectStore(store))) as Promise<T>;
  const write = async <T>(store: StoreName, work: (store: IDBObjectStore) => IDBRequest<T> | undefined) => {
    // Durable before the door is told: a phone whose battery dies has still let somebody in.
    const transaction = db.transaction(store, 'readwrite', { durability: 'strict' });
    const request = work(transaction.objectStore(store));
    await committed(transaction);
    return request?.result;
  };
  return {
    list: async () => (await read<KeptList | undefined>('facts', (at) => at.get('list'))) ?? null,
    keepList: async (kept) => void (await write('facts', (at) => at.put(kept, 'list'))),
    facts: async () => (await read<KeptFacts | undefined>('facts', (at) => at.get('facts'))) ?? null,
    keepFacts: async (facts) => void (await write('facts', (at) => at.put(facts, 'facts'))),
    scans: () => read('scans', (at) => at.getAll()),
    async keepScans(scans) {
      await write('scans', (at) => {
        for (const scan of scans) at.put(scan);
        return undefined;
      });
    },
    async waiting() {
      const transaction = db.transaction('waiting');
      const at = transaction.objectStore('waiting');
      const [keys, events] = [at.getAllKeys(), at.getAll()];
      await committed(transaction);
      return keys.result.map((key, index): [number, WireEvent] => [Number(key), events.result[index]]);
    },
    add: async (event) => Number(await write('waiting', (at) => at.add(event))),
    change: async (number, event) => void (await write('waiting', (at) => at.put(event, number))),
    async told(numbers) {
      await write('waiting', (at) => {
        for (const number of numbers) at.delete(number);
        return undefined;
      });
    },
    async forget() {
      db.close();
      await done(indexedDB.deleteDatabase(name));
    },
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
