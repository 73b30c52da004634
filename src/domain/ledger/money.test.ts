import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountMax, isCurrency, minorDigits, plainAmount, readAmount } from './index.ts';

describe('an amount', () => {
  it('is written with the digits of its currency', () => {
    expect(plainAmount(123_450, 'USD')).toBe('1234.50');
    expect(plainAmount(-5, 'GBP')).toBe('-0.05');
    expect(plainAmount(123_450, 'JPY')).toBe('123450');
    expect(plainAmount(1_234, 'TND')).toBe('1.234');
    expect([minorDigits('USD'), minorDigits('JPY'), minorDigits('KWD')]).toEqual([2, 0, 3]);
  });

  it('has the digits of ISO 4217, whatever this version of the language’s own tables rounds to', () => {
    for (const currency of ['HUF', 'IDR', 'COP', 'RSD', 'PKR', 'LBP'])
      expect(minorDigits(currency), currency).toBe(2);
    expect(['IQD', 'CLF', 'ISK', 'UGX', 'XOF'].map(minorDigits)).toEqual([3, 4, 0, 0, 0]);
  });

  it('is read as people type it, and as nothing else', () => {
    expect(readAmount('1234.5', 'USD')).toBe(123_450);
    expect(readAmount(' 1,234,567.89 ', 'USD')).toBe(123_456_789);
    expect(readAmount('900', 'JPY')).toBe(900);
    for (const typed of [
      '',
      '0',
      '0.00',
      '-1',
      '+1',
      '1e3',
      'NaN',
      '0.5.1',
      '1,23',
      '12.345',
      '$5',
      '１２',
      '1 000',
    ])
      expect(readAmount(typed, 'USD'), typed).toBeNull();
    expect(readAmount('1.5', 'JPY')).toBeNull();
    expect(readAmount(plainAmount(amountMax, 'USD'), 'USD')).toBe(amountMax);
    expect(readAmount(plainAmount(amountMax + 1, 'USD'), 'USD')).toBeNull();
    expect(readAmount('9'.repeat(13), 'USD')).toBeNull();
  });

  it('comes back from how it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: amountMax }),
        fc.constantFrom('USD', 'JPY', 'TND'),
        (amount, currency) => {
          expect(readAmount(plainAmount(amount, currency), currency)).toBe(amount);
        },
      ),
    );
  });

  it('has a currency that the world knows', () => {
    expect(['USD', 'EUR', 'usd', 'XXQ', ''].map(isCurrency)).toEqual([true, true, false, false, false]);
  });
});
