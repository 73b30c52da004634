import { expect, it } from 'vitest';
import { sayMoney } from './money.ts';

it('money is said in its own currency, exactly, and a minus is a minus', () => {
  expect(sayMoney(123_450, 'USD')).toBe('$1,234.50');
  expect(sayMoney(-900, 'JPY')).toBe('−¥900');
  expect(sayMoney(90_071_992_547_409, 'EUR')).toBe('€900,719,925,474.09');
  expect(sayMoney(-5, 'GBP', 'es')).toBe('−0,05\u00a0£');
  expect(sayMoney(0, 'USD')).toBe('$0.00');
  // What stands behind the point is never rounded away, not even of forints.
  expect(sayMoney(123_450, 'HUF')).toBe('Ft\u00a01,234.50');
});
