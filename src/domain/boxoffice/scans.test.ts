import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { inFilm, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import {
  type DoorReport,
  doorCounts,
  doorList,
  doorReport,
  scansSince,
  takeScans,
  ticketSigner,
  transferTicket,
} from './index.ts';
import { asks, cleo, freeType, now, openBoxOffice, orderOf } from './test-ground.ts';

const office = await openBoxOffice();
const { within, filmId, db } = office;
const signer = await within((tx) => ticketSigner(tx, filmId, now));

/** A screening with sold tickets, and the papers that people hold. */
async function door(count = 2) {
  const { id, typeId } = await office.screening(count, [{ ...freeType, perOrderMax: 100 }]);
  const orders: string[] = [];
  for (let left = count; left > 0; left -= 100) {
    const quantity = Math.min(left, 100);
    const order = orderOf((await office.holds([asks(id, [{ ticketTypeId: typeId, quantity }])]))[0]);
    await office.confirm(order);
    orders.push(order);
  }
  const list = await within((tx) => doorList(tx, filmId, id));
  const paper = (at = 0, generation = 1) =>
    signer.sign({ id: list[at]?.id ?? '', screeningId: id, generation });
  return { id, orderId: orders[0] ?? '', list, paper };
}

type Event = DoorReport['events'][number];
const at = now.epochMilliseconds;
const scan = (text: string, more: Partial<Extract<Event, { kind: 'scan' }>> = {}): Event => ({
  ...{ kind: 'scan', nonce: newId(), at, shown: { kind: 'code', text }, said: null },
  ...more,
});
const undo = (nonce: string): Event => ({ kind: 'undo', nonce, at });

const tells = (screeningId: string, device: string, events: Event[]) =>
  within((tx) => tell(tx, screeningId, device, events));
const tell = (tx: Tx, screeningId: string, device: string, events: Event[]) =>
  takeScans(tx, filmId, now, cleo, { screeningId, report: doorReport.parse({ device, since: 0, events }) });

async function history(screeningId: string): Promise<string[]> {
  const { scans } = await within((tx) => scansSince(tx, filmId, screeningId, 0));
  return scans
    .map(
      ({ device, verdict, reason, undoneAt }) =>
        `${device} ${verdict} ${reason}${undoneAt === null ? '' : ' undone'}`,
    )
    .sort();
}
const counts = (screeningId: string) => within((tx) => doorCounts(tx, filmId, screeningId));
const cancel = (ticketId: string | undefined) =>
  within((tx) => sql`update ticket set cancelled_at = now() where id = ${ticketId ?? ''}`.execute(tx));

describe('a scan', () => {
  it('lets a ticket in once, and tells the second time that it is in', async () => {
    const { id, paper } = await door();
    await tells(id, 'A', [scan(paper())]);
    await tells(id, 'B', [scan(paper())]);
    expect(await history(id)).toEqual(['A admitted admitted', 'B refused already_in']);
    expect(await counts(id)).toMatchObject({ expected: 2, admitted: 1, refused: 1, conflicts: 0 });
  });

  it('F5 of nonsense, then a ticket, then another: each gets its own answer', async () => {
    const { id, paper } = await door();
    await tells(id, 'A', [scan('nonsense'), scan(paper(0)), scan('\u0000{"x":1}'), scan(paper(1))]);
    expect((await counts(id)).admitted).toBe(2);
    expect((await counts(id)).refused).toBe(2);
  });

  it('F6 of a forged, edited or foreign code is refused, and nothing is put to the ticket that it names', async () => {
    const { id, paper } = await door();
    const text = paper();
    const edited = `${text.slice(0, -30)}${text.at(-30) === '0' ? '1' : '0'}${text.slice(-29)}`;
    await tells(id, 'A', [scan(edited), scan('{"ticket":1}'), scan(`5${text.slice(1)}`)]);
    expect(await history(id)).toEqual(['A refused forged', 'A refused no_ticket', 'A refused no_ticket']);
    const { scans } = await within((tx) => scansSince(tx, filmId, id, 0));
    expect(scans.every(({ ticketId }) => ticketId === null)).toBe(true);
  });

  it('F7 of a ticket that was given back is refused, as that of another screening and an older paper are', async () => {
    const one = await door(3);
    const other = await door();
    await cancel(one.list[0]?.id);
    const given = { orderId: one.orderId, ticketId: one.list[1]?.id ?? '', name: 'Grace', address: null };
    await within((tx) => transferTicket(tx, filmId, now, cleo, given));
    await tells(one.id, 'A', [
      scan(one.paper(0)),
      scan(one.paper(1)),
      scan(one.paper(1, 2)),
      scan(other.paper(0)),
      scan('', { shown: { kind: 'ticket', ticketId: one.list[0]?.id ?? '', way: 'name' } }),
    ]);
    expect(await history(one.id)).toEqual([
      'A admitted admitted',
      'A refused cancelled',
      'A refused cancelled',
      'A refused other_screening',
      'A refused replaced',
    ]);
  });

  it('F8 told a hundred times is one', async () => {
    const { id, paper } = await door();
    const event = scan(paper(), { said: 'admitted' });
    for (let time = 0; time < 100; time += 1) await tells(id, 'A', [event]);
    await tells(id, 'A', [event, event]);
    expect(await history(id)).toEqual(['A admitted admitted']);
    expect((await counts(id)).admitted).toBe(1);
  });

  it('cannot be told for a ticket of another film, nor let in what is none', async () => {
    const { id } = await door();
    await tells(id, 'A', [
      scan('', { shown: { kind: 'ticket', ticketId: newId(), way: 'typed' }, said: 'admitted' }),
      scan('nonsense', { said: 'admitted' }),
    ]);
    expect(await history(id)).toEqual(['A refused no_ticket', 'A refused unknown']);
  });
});

describe('phones without a network', () => {
  it('F1 that let the same ticket in: one is its admission, the others are conflicts, and all are kept', async () => {
    const { id, paper } = await door();
    await tells(id, 'B', [scan(paper(), { said: 'admitted', at: at + 60_000 })]);
    await tells(id, 'A', [scan(paper(), { said: 'admitted', at })]);
    await tells(id, 'C', [scan(paper(), { said: 'admitted', at })]);
    expect(await history(id)).toEqual([
      'A conflict already_in',
      'B admitted admitted',
      'C conflict already_in',
    ]);
    expect(await counts(id)).toMatchObject({ admitted: 1, conflicts: 2 });
  });

  it('F3 that let in a ticket cancelled meanwhile: the history says that it was cancelled', async () => {
    const { id, paper, list } = await door();
    await cancel(list[0]?.id);
    await tells(id, 'A', [scan(paper(), { said: 'admitted' })]);
    expect(await history(id)).toEqual(['A admitted was_cancelled']);
    // F10: cancelled, and yet somebody is inside.
    expect(await counts(id)).toMatchObject({ expected: 1, admitted: 1 });
  });

  it('that asked, never heard that the ticket was cancelled, and let it in: it counts as let in, once', async () => {
    const { id, paper, list } = await door();
    await cancel(list[0]?.id);
    const asked = scan(paper());
    await tells(id, 'A', [asked]);
    expect(await history(id)).toEqual(['A refused cancelled']);
    const told: Event = { ...asked, said: 'admitted' } as Event;
    await tells(id, 'A', [told]);
    await tells(id, 'A', [told, asked]);
    expect(await history(id)).toEqual(['A admitted was_cancelled']);
  });

  it('that took a scan back: it counts no longer, and who came with the same ticket is its admission', async () => {
    const { id, paper } = await door();
    const first = scan(paper(), { said: 'admitted' });
    await tells(id, 'A', [first]);
    await tells(id, 'B', [scan(paper(), { said: 'admitted' })]);
    await tells(id, 'A', [undo(first.nonce), undo(first.nonce), undo(newId())]);
    expect(await history(id)).toEqual(['A admitted admitted undone', 'B admitted already_in']);
    expect(await counts(id)).toMatchObject({ admitted: 1, conflicts: 0, undone: 1 });
  });

  it('ask for what they do not know, and get it once, changes of old scans too', async () => {
    const { id, paper } = await door();
    const first = scan(paper());
    await tells(id, 'A', [first]);
    const { scans } = await within((tx) => scansSince(tx, filmId, id, 0));
    const last = scans.at(-1)?.change ?? 0;
    const since = async () => (await within((tx) => scansSince(tx, filmId, id, last))).scans;
    expect(await since()).toEqual([]);
    await tells(id, 'A', [undo(first.nonce)]);
    expect((await since()).map(({ nonce }) => nonce)).toEqual([first.nonce]);
  });

  it('F10 come to totals that are the sums of their rows, whatever they tell', async () => {
    const { id, paper, list } = await door(12);
    const told: Event[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const said = turn % 3 === 0 ? null : 'admitted';
      told.push(scan(turn % 7 === 0 ? 'nonsense' : paper((turn * 5) % 12), { said }));
      if (turn % 4 === 0) told.push(undo(told[turn % told.length]?.nonce ?? ''));
      if (turn === 30) await cancel(list[3]?.id);
      if (turn % 10 === 9) await tells(id, `P${turn % 3}`, told.splice(0));
    }
    await tells(id, 'P0', told);
    const lines = await history(id);
    const having = (word: RegExp) => lines.filter((line) => word.test(line)).length;
    expect(await counts(id)).toEqual({
      expected: 11,
      admitted: having(/^\w+ admitted \w+$/),
      conflicts: having(/^\w+ conflict \w+$/),
      refused: having(/^\w+ refused \w+$/),
      undone: having(/ undone$/),
    });
  });
});

describe('many phones at once', () => {
  const phones = Array.from({ length: 8 }, (_, at) => `P${at}`);
  /** All phones come back into the network at the same moment, each with the same tickets let in. */
  const race = async (count: number) => {
    const { id, paper } = await door(count);
    const told = await Promise.allSettled(
      phones.map((device) =>
        inFilm(db, filmId, (tx) =>
          tell(
            tx,
            id,
            device,
            Array.from({ length: count }, (_, at) => scan(paper(at), { said: 'admitted' })),
          ),
        ),
      ),
    );
    return { id, failed: told.filter(({ status }) => status === 'rejected').length };
  };

  it('F1 end with exactly one admission a ticket, and every other beside it', async () => {
    const { id, failed } = await race(25);
    expect(failed).toBe(0);
    expect(await counts(id)).toMatchObject({ admitted: 25, conflicts: 175 });
  });

  describe('without the lock of the door (negative control)', () => {
    const asOwner = async (statement: string) => {
      const owner = await office.database.pool.connect();
      try {
        await owner.query('reset role');
        await owner.query(statement);
      } finally {
        owner.release(true);
      }
    };
    beforeAll(async () => {
      await asOwner(
        `create or replace function lock_door(of_screening uuid) returns void language sql as 'select'`,
      );
    });

    it('lose what phones tell, because the database lets no second admission in', async () => {
      let failed = 0;
      for (let round = 0; round < 40 && failed === 0; round += 1) ({ failed } = await race(25));
      expect(failed).toBeGreaterThan(0);
    });

    it('let people in twice where that rule is out as well', async () => {
      await asOwner('drop index scan_admits_once');
      await asOwner('alter table scan drop constraint scan_film_id_screening_id_change_key');
      let admitted = 0;
      for (let round = 0; round < 40 && admitted <= 25; round += 1)
        ({ admitted } = await counts((await race(25)).id));
      expect(admitted).toBeGreaterThan(25);
    });
  });
});
