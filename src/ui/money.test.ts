import { describe, expect, it } from 'vitest';
import { sayMoney, sayShortMoney } from './money.ts';

it('money is said in its own currency, exactly, and a minus is a minus', () => {
  expect(sayMoney(123_450, 'USD')).toBe('$1,234.50');
  expect(sayMoney(-900, 'JPY')).toBe('−¥900');
  expect(sayMoney(90_071_992_547_409, 'EUR')).toBe('€900,719,925,474.09');
  expect(sayMoney(-5, 'GBP', 'es')).toBe('−0,05\u00a0GBP');
  expect(sayMoney(0, 'USD')).toBe('$0.00');
  // What stands behind the point is never rounded away, not even of forints.
  expect(sayMoney(123_450, 'HUF')).toBe('HUF\u00a01,234.50');
});

it('two currencies are never said in the same way: a dollar of Canada is none of the United States', () => {
  const currencies = Intl.supportedValuesOf('currency');
  expect(new Set(currencies.map((currency) => sayMoney(100, currency).replace('.00', ''))).size).toBe(
    currencies.length,
  );
  expect(sayMoney(100, 'CAD')).toBe('CA$1.00');
});

describe('an amount in few figures', () => {
  it.each([
    [86_800, '$868'],
    [86_850, '$868.50'],
    [100_000, '$1,000'],
    [-200, '−$2'],
    [0, '$0'],
  ])('leaves noughts behind the point out: %d', (amount, words) => {
    expect(sayShortMoney(amount, 'USD')).toBe(words);
  });
});
