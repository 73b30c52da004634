import { expect, it } from 'vitest';
import { ownFirst } from './film-money.ts';

it('tells the film’s own currency first, and leaves the others in their order', () => {
  const all = ['CAD', 'EUR', 'USD', 'CAD'].map((currency, at) => ({ currency, at }));
  expect(ownFirst(all, 'USD').map(({ at }) => at)).toEqual([2, 0, 1, 3]);
  expect(ownFirst(all, 'GBP')).toEqual(all);
});
