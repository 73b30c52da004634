// Money is a whole number of a currency's minor units: cents of USD, yen of JPY.

const known = new Set(Intl.supportedValuesOf('currency'));

/** Whether this is a currency's ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

// What a stored amount means must not change with Node: Intl follows CLDR, which rounds forints and rupiahs to whole
// ones in one version and not in another. All that ISO 4217 gives other than two digits:
const digitsOf: ReadonlyMap<string, number> = new Map([
  ...each('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...each('BHD IQD JOD KWD LYD OMR TND', 3),
  ...each('CLF UYW', 4),
]);

function each(codes: string, digits: number): [string, number][] {
  return codes.split(' ').map((code) => [code, digits]);
}

/** How many digits of a currency's amount stand behind the point: 2 of USD, 0 of JPY, 3 of TND (ISO 4217). */
export function minorDigits(currency: string): number {
  return digitsOf.get(currency) ?? 2;
}

/** An amount in minor units as a plain decimal: 123450 of USD is `1234.50`, of JPY `123450`. */
export function plainAmount(amount: number, currency: string): string {
  const digits = minorDigits(currency);
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = figures.slice(0, figures.length - digits);
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${figures.slice(-digits)}`;
}

/** As large as an entry may be, in minor units; the database holds to the same. */
export const amountMax = 1_000_000_000_000;

/**
 * What somebody typed as an amount, in minor units: `1234`, `1234.5`, `1,234.50`. null where it is none, is not
 * more than nothing, has more digits than the currency, or is more than `amountMax`.
 */
export function readAmount(typed: string, currency: string): number | null {
  const [, whole, part = ''] = /^(\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,4}))?$/.exec(typed.trim()) ?? [];
  const digits = minorDigits(currency);
  if (whole === undefined || part.length > digits) return null;
  const amount = Number(whole.replaceAll(',', '') + part.padEnd(digits, '0'));
  return amount > 0 && amount <= amountMax ? amount : null;
}

/** A part of an amount that is not less than nothing, rounded half to even; whole numbers all the way. */
export function shareOf(amount: number, numerator: number, denominator: number): number {
  const [whole, of] = [BigInt(amount) * BigInt(numerator), BigInt(denominator)];
  const floor = whole / of;
  const twice = (whole - floor * of) * 2n;
  const isUp = twice > of || (twice === of && floor % 2n === 1n);
  return Number(isUp ? floor + 1n : floor);
}
