import { minorDigits, plainAmount } from '../domain/ledger/money.ts';

/** An amount in minor units as people read it, exact at any size: `$1,234.50`, `CA$1.00`, `−¥900`. */
export function sayMoney(amount: number, currency: string, language = 'en'): string {
  return said(amount, currency, language, 'auto');
}

/** The same without the digits behind the point where they are all noughts: `$868`, but `$868.50`. */
export function sayShortMoney(amount: number, currency: string, language = 'en'): string {
  return said(amount, currency, language, 'stripIfInteger');
}

// A formatter costs as much to make as fifty amounts to say, and a list says a hundred.
const formattersMax = 500;
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(
  currency: string,
  language: string,
  trailingZeroDisplay: 'auto' | 'stripIfInteger',
): Intl.NumberFormat {
  const key = `${language}|${currency}|${trailingZeroDisplay}`;
  const kept = formatters.get(key);
  if (kept !== undefined) return kept;
  if (formatters.size >= formattersMax) formatters.clear();
  const digits = minorDigits(currency);
  const made = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    trailingZeroDisplay,
  });
  formatters.set(key, made);
  return made;
}

function said(
  amount: number,
  currency: string,
  language: string,
  trailingZeroDisplay: 'auto' | 'stripIfInteger',
): string {
  const format = formatter(currency, language, trailingZeroDisplay);
  const words = format.format(plainAmount(Math.abs(amount), currency) as Intl.StringNumericLiteral);
  return amount < 0 ? `−${words}` : words;
}
