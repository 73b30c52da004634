import { expect, it } from 'vitest';
import { sayPrices } from './type-words.ts';

const fixed = (price: number, currency = 'USD') =>
  ({ kind: 'fixed', price, priceMin: null, priceMax: null, currency }) as const;
const free = { ...fixed(0), kind: 'free' } as const;
const choice = (priceMin: number) =>
  ({ kind: 'pwyw', price: 1000, priceMin, priceMax: 9000, currency: 'USD' }) as const;

it.each([
  [[], null, null],
  [[fixed(1500)], '$15', '15 US$'],
  [[fixed(1500), fixed(1500)], '$15', '15 US$'],
  [[fixed(1500), fixed(750), fixed(2000)], 'from $7.50', 'desde 7,50 US$'],
  [[fixed(1500, 'JPY')], '¥1,500', '1500 JPY'],
  [[free, free], 'Free', 'Gratis'],
  [[free, fixed(1500)], 'Free to $15', 'Gratis a 15 US$'],
  [[choice(0)], 'Pay what you can', 'Paga lo que puedas'],
  [[choice(500)], 'Pay what you can, from $5', 'Paga lo que puedas, desde 5 US$'],
  [[fixed(1500), choice(500)], 'Pay what you can, from $5', 'Paga lo que puedas, desde 5 US$'],
])('says what several types cost in a line: %j', (types, en, es) => {
  expect(sayPrices(types, 'en')).toBe(en);
  expect(sayPrices(types, 'es')?.replace(/\u00a0/g, ' ') ?? null).toBe(es);
});
