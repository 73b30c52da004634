import type { TicketType } from '../../domain/boxoffice/index.ts';
import { sayMoney, sayShortMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';

type Priced = Pick<TicketType, 'kind' | 'price' | 'priceMin' | 'priceMax' | 'currency'>;

/** What a ticket type costs, in a few words: `$15.00`, `Free`, `$5.00 to $50.00, you choose`. */
export function sayPrice({ kind, price, priceMin, priceMax, currency }: Priced, language: string): string {
  const { box } = words(language).checkout;
  const money = (amount: number): string => (amount === 0 ? box.free : sayMoney(amount, currency, language));
  if (kind === 'pwyw') return box.range(money(priceMin ?? 0), money(priceMax ?? 0));
  return money(price);
}

/** What several types cost, in a line for a list: `from $7`, `$15`, `Free`, `Pay what you can`; null: there are none. */
export function sayPrices(types: readonly Priced[], language: string): string | null {
  const [first] = types;
  if (first === undefined) return null;
  const { box } = words(language).checkout;
  const money = (amount: number): string =>
    amount === 0 ? box.free : sayShortMoney(amount, first.currency, language);
  const least = Math.min(...types.map(leastOf));
  const hasChoice = types.some(({ kind }) => kind === 'pwyw');
  if (hasChoice) return least === 0 ? box.asYouCan : box.asYouCanFrom(money(least));
  const most = Math.max(...types.map(leastOf));
  if (least === most) return money(least);
  return least === 0 ? box.between(money(least), money(most)) : box.from(money(least));
}

/** The least that somebody gives for a place of a type, in minor units. */
export const leastOf = ({ kind, price, priceMin }: Priced): number =>
  kind === 'pwyw' ? (priceMin ?? 0) : price;
