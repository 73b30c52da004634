import { describe, expect, it } from 'vitest';
import { readCardEnd, sayCard } from './cards.ts';

describe('the last four figures of a card', () => {
  it.each(['4242', ' 4242 ', '•••• 4242', '****4242', 'xxxx-4242', 'Visa 4242', 'VISA ending 4242'])(
    'are understood as people read them from their statement: %s',
    (typed) => expect(readCardEnd(typed)).toBe('4242'),
  );

  it.each([
    'American Express ending in 4242',
    'amex card ending 4242',
    'Mastercard •••• 4242',
    'card ending 4242',
    'ending 4242',
  ])('are understood behind a brand: %s', (typed) => expect(readCardEnd(typed)).toBe('4242'));

  it.each(['', '424', '42424', '4242 4242 4242 4242', 'Union 1998', 'K7QM-4242', '4242 Visa', '٤٢٤٢'])(
    'are nothing else that somebody types: %j',
    (typed) => expect(readCardEnd(typed)).toBeNull(),
  );

  it('are said with the brand, also one that nobody here has heard of, and not at all where there are none', () => {
    expect(sayCard({ cardBrand: 'visa', cardEnd: '4242' })).toBe('Visa ending 4242');
    expect(sayCard({ cardBrand: 'some_new_card', cardEnd: '0007' })).toBe('some new card ending 0007');
    expect(sayCard({ cardBrand: 'unknown', cardEnd: '0007' })).toBe('Card ending 0007');
    expect(sayCard({ cardBrand: null, cardEnd: null })).toBeNull();
  });
});
