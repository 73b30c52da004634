import type { KyselyPlugin, QueryId, RootOperationNode } from 'kysely';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inFilm } from '../../platform/database/database.ts';
import { makeGrantCodes, personMark, takeBackGift } from '../fund/index.ts';
import { placeHolds } from './index.ts';
import { claims, type Office, putIn, stands, ten, withFund } from './test-fund.ts';
import { ada, asks, cleo, now, orderOf, said } from './test-ground.ts';

/**
 * Takes the fund's lock out of every query, and has nobody go on until so many have read it: what the races below must
 * not survive.
 */
function withoutLock(readersMin: number): KyselyPlugin {
  const reads = new WeakSet<QueryId>();
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  let readers = 0;
  return {
    transformQuery({ node, queryId }): RootOperationNode {
      if (node.kind !== 'SelectQueryNode' || !JSON.stringify(node).includes('"name":"fund"')) return node;
      reads.add(queryId);
      return { ...node, endModifiers: [] };
    },
    async transformResult({ result, queryId }) {
      if (!reads.has(queryId)) return result;
      readers += 1;
      if (readers >= readersMin) resolve();
      await enough;
      return result;
    },
  };
}

describe('many at once', () => {
  /** A hundred who claim ten dollars of fifty, over all the connections that there are. */
  async function race(office: Office, isLocked: boolean) {
    const { id, typeId } = await office.screening(1000, [ten]);
    const db = isLocked ? office.db : office.db.withPlugin(withoutLock(4));
    const claim = async (): Promise<string> => {
      try {
        const request = claims(id, typeId);
        return (
          said(await inFilm(db, office.filmId, (tx) => placeHolds(tx, office.filmId, now, [request])))[0] ??
          ''
        );
      } catch {
        return 'failed';
      }
    };
    const answers = await Promise.all(Array.from({ length: 100 }, claim));
    return Object.fromEntries(
      [...Map.groupBy(answers, (word) => word)].map(([word, all]) => [word, all.length]),
    );
  }

  it('B3 grants five of fifty dollars to a hundred, each paid by a gift, and never less than nothing', async () => {
    const office = await withFund(1500);
    for (const amount of [700, 1300, 1500]) await office.within((tx) => putIn(office, amount, tx));
    expect(await race(office, true)).toEqual({ held: 5, fund_empty: 95 });
    const { rows } = await office.within((tx) =>
      sql<{ paid: number; gifts: number }>`
        select (select sum(amount)::bigint from grant_leg where grant_id = "grant".id) as paid,
               (select min(amount - spent)::bigint from gift) as gifts from "grant"`.execute(tx),
    );
    expect(rows).toEqual(Array.from({ length: 5 }, () => ({ paid: 1000, gifts: 0 })));
    expect(await stands(office)).toMatchObject({ setAside: 5000, free: 0, balance: 5000, booked: 5000 });
  });

  it('B3 negative control: without the fund’s lock the same hundred are not answered like this', async () => {
    const office = await withFund(3000);
    const answers = await race(office, false);
    // Four find thirty dollars, and each spends ten: what stands behind the lock refuses one of them with an error.
    expect(answers.failed).toBeGreaterThan(0);
    expect((await stands(office)).free).toBeGreaterThanOrEqual(0);
  });

  it('B4 serves one address from two devices once, and a refund of the gift does not race its spending', async () => {
    const office = await withFund(0, { perAddressMax: 1 });
    const { id, typeId } = await office.screening(100, [ten]);
    const [answer] = await office.holds([asks(id, [{ ticketTypeId: typeId }], { gift: 1000 })]);
    const orderId = orderOf(answer);
    await office.confirm(orderId, 'cash');
    const mark = personMark('key', office.filmId, ada.address);
    const claim = () => office.holds([claims(id, typeId, { grant: { mark, offerId: null } })]).then(said);
    const takeBack = () =>
      office
        .within((tx) => takeBackGift(tx, office.filmId, now, { orderId, amount: 1000 }))
        .then(() => ['taken back'])
        .catch((error: { code: string }) => [error.code]);
    const [one = [], two = [], back = []] = await Promise.all([claim(), claim(), takeBack()]);
    const words = [...one, ...two, ...back];
    expect(words.filter((word) => word === 'held' || word === 'taken back')).toHaveLength(1);
    expect((await stands(office)).free).toBe(0);
  });

  it('B1 honours a code for one place once, however many bring it at the same moment', async () => {
    const office = await withFund(100_000);
    const { id, typeId } = await office.screening(100, [ten]);
    const [code] = await office.within((tx) =>
      makeGrantCodes(tx, office.filmId, now, cleo, { steward: 'A', count: 1, usesMax: 1, goodUntil: null }),
    );
    const bring = () =>
      office.holds([asks(id, [{ ticketTypeId: typeId }], { code: code?.word ?? '' })]).then(said);
    const answers = (await Promise.all(Array.from({ length: 50 }, bring))).flat();
    expect(answers.filter((word) => word === 'held')).toHaveLength(1);
    expect(answers.filter((word) => word === 'code_used_up')).toHaveLength(49);
  });
});
