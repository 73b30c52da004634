import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operate } from './list-operations.ts';
import { merge } from './merge.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const documents = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(
    fc.string({ minLength: 1 }),
    fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('en', 'es'), fc.string()),
  ),
);

describe('two changes of one state', () => {
  it('are simply the one that changed something, where the other did not', () => {
    fc.assert(
      fc.property(documents, documents, (base, changed) => {
        const [one, other] = [plain(base), plain(changed)];
        expect(merge(one, other, one)).toEqual({ value: other, clashes: [] });
        expect(merge(one, one, other)).toEqual({ value: other, clashes: [] });
        expect(merge(one, other, other)).toEqual({ value: other, clashes: [] });
      }),
    );
  });

  it('are joined where they touch different places', () => {
    const base = { film: { title: 'A', logline: { en: 'x', es: 'y' } }, press: [{ outlet: 'P' }] };
    const mine = { film: { title: 'B', logline: { en: 'x', es: 'y' } }, press: [{ outlet: 'P' }] };
    const theirs = { film: { title: 'A', logline: { en: 'x', es: 'z' } }, press: [] };
    expect(merge(base, mine, theirs)).toEqual({
      value: { film: { title: 'B', logline: { en: 'x', es: 'z' } }, press: [] },
      clashes: [],
    });
  });

  it('clash where both changed the same place, and each choice is kept', () => {
    const [base, mine, theirs] = [{ a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 3 } }];
    expect(merge(base, mine, theirs).clashes).toEqual([{ path: ['a', 'b'], mine: 2, theirs: 3 }]);
    expect(merge(base, mine, theirs, { 'a.b': 'theirs' }).value).toEqual(theirs);
    expect(merge(base, mine, theirs, { 'a.b': 'mine' }).value).toEqual(mine);
  });

  it('follow a thing that somebody else moved', () => {
    expect(merge(['a', 'b', 'c'], ['A', 'b', 'c'], ['c', 'a', 'b'])).toEqual({
      value: ['c', 'A', 'b'],
      clashes: [],
    });
  });

  it('add to what somebody else shortened', () => {
    expect(merge(['a', 'b'], ['a', 'b', 'new'], ['b'])).toEqual({ value: ['b', 'new'], clashes: [] });
  });

  it('clash where one edits what the other removed', () => {
    expect(merge({ l: ['a', 'b'] }, { l: ['A', 'b'] }, { l: ['b'] }).clashes).toHaveLength(1);
  });
});

describe('a list', () => {
  const lists = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 12 });

  it('loses nothing and gains nothing when things move', () => {
    fc.assert(
      fc.property(lists, fc.nat(11), fc.constantFrom('up' as const, 'down' as const), (list, at, is) => {
        const after = operate(list, { is, at });
        if (at >= list.length) expect(after).toBe(null);
        else expect(after?.toSorted()).toEqual(list.toSorted());
      }),
    );
  });

  it('is as before when a thing goes down and up again', () => {
    fc.assert(
      fc.property(lists, fc.nat(11), (list, at) => {
        fc.pre(at < list.length - 1);
        const down = operate(list, { is: 'down', at }) ?? [];
        expect(operate(down, { is: 'up', at: at + 1 })).toEqual(list);
      }),
    );
  });

  it('loses exactly the thing that is removed', () => {
    fc.assert(
      fc.property(lists, fc.nat(11), (list, at) => {
        fc.pre(at < list.length);
        expect(operate(list, { is: 'remove', at })).toEqual(list.filter((each) => each !== list[at]));
      }),
    );
  });

  it('takes any order of its things, and no other', () => {
    fc.assert(
      fc.property(lists, fc.array(fc.nat(12), { maxLength: 13 }), (list, order) => {
        const isOrder = order.toSorted((a, b) => a - b).join() === [...list.keys()].join();
        const after = operate(list, { is: 'order', order });
        expect(after === null).toBe(!isOrder);
        if (after) expect(after.map((each) => list.indexOf(each))).toEqual(order);
      }),
    );
  });
});
