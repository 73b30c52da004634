import { minorDigits, plainAmount } from '../domain/ledger/money.ts';

/** An amount in minor units as people read it, exact at any size: `$1,234.50`, `CA$1.00`, `−¥900`. */
export function sayMoney(amount: number, currency: string, language = 'en'): string {
  const digits = minorDigits(currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const said = format.format(plainAmount(Math.abs(amount), currency) as Intl.StringNumericLiteral);
  return amount < 0 ? `−${said}` : said;
}
