// Stripe counts some currencies in other units than ISO 4217, by which we count.
// https://docs.stripe.com/currencies#special-cases
const stripeFinerBy: ReadonlyMap<string, number> = new Map([
  ['ISK', 100],
  ['UGX', 100],
]);
const stripeCoarserBy: ReadonlyMap<string, number> = new Map([['MGA', 100]]);
/** Of three digits behind the point, the last is always none. */
const tens: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Our minor units as Stripe counts them; null where Stripe cannot take exactly this amount. */
export function toStripeAmount(amount: number, currency: string): number | null {
  const coarser = stripeCoarserBy.get(currency) ?? 1;
  if (amount % coarser !== 0 || (tens.has(currency) && amount % 10 !== 0)) return null;
  return (amount / coarser) * (stripeFinerBy.get(currency) ?? 1);
}

/** An amount of Stripe's in our minor units. */
export function fromStripeAmount(amount: number, currency: string): number {
  return (amount / (stripeFinerBy.get(currency) ?? 1)) * (stripeCoarserBy.get(currency) ?? 1);
}
