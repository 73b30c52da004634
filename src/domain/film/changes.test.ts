import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes.ts';

const list = (...names: string[]) => ({ press: names.map((outlet) => ({ outlet })) });

describe('what changed between two revisions', () => {
  it('is nothing between a document and itself', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(changesBetween(JSON.parse(json), JSON.parse(json))).toEqual([]);
      }),
    );
  });

  it('is something between two that differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const isSame = changesBetween(one, other).length === 0;
        expect(isSame).toBe(changesBetween(other, one).length === 0);
        if (isSame) expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)));
      }),
    );
  });

  it('names the place of a word', () => {
    const [before, after] = [{ film: { logline: { es: 'a' } } }, { film: { logline: { es: 'b' } } }];
    expect(changesBetween(before, after)).toEqual([
      { path: ['film', 'logline', 'es'], before: 'a', after: 'b' },
    ]);
  });

  it('is one change where a thing was added in front', () => {
    expect(changesBetween(list('a', 'b'), list('new', 'a', 'b'))).toEqual([
      { path: ['press', 0], after: { outlet: 'new' } },
    ]);
  });

  it('is one change where a thing was taken out, and one where another was edited behind it', () => {
    expect(changesBetween(list('a', 'b', 'c', 'd'), list('b', 'c', 'D'))).toEqual([
      { path: ['press', 0], before: { outlet: 'a' } },
      { path: ['press', 2, 'outlet'], before: 'd', after: 'D' },
    ]);
  });

  it('is one move where a thing went elsewhere', () => {
    expect(changesBetween(list('a', 'b', 'c'), list('c', 'a', 'b'))).toEqual([
      { path: ['press', 0], before: { outlet: 'c' }, after: { outlet: 'c' }, movedFrom: 2 },
    ]);
  });

  it('never has more changes than a list has things, however it was shuffled', () => {
    const names = fc.uniqueArray(fc.string(), { maxLength: 12 });
    fc.assert(
      fc.property(names, fc.integer(), (things, seed) => {
        const shuffled = things.toSorted((one, other) => (one + seed < other + seed ? 1 : -1));
        const found = changesBetween(things, shuffled);
        expect(found.every(({ movedFrom }) => movedFrom !== undefined)).toBe(true);
        expect(found.length).toBeLessThanOrEqual(things.length);
      }),
    );
  });

  it('stays within bounds for two long lists that share nothing', () => {
    const long = (prefix: string) => Array.from({ length: 1_000 }, (_, at) => `${prefix}${at}`);
    expect(changesBetween(long('a'), long('b'))).toHaveLength(1_000);
  });
});
