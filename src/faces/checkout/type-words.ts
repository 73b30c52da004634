import type { TicketType } from '../../domain/boxoffice/index.ts';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';

type Priced = Pick<TicketType, 'kind' | 'price' | 'priceMin' | 'priceMax' | 'currency'>;

/** What a ticket type costs, in a few words: `$15.00`, `Free`, `$5.00 to $50.00, you choose`. */
export function sayPrice({ kind, price, priceMin, priceMax, currency }: Priced, language: string): string {
  const { box } = words(language).checkout;
  const money = (amount: number): string => (amount === 0 ? box.free : sayMoney(amount, currency, language));
  if (kind === 'pwyw') return box.range(money(priceMin ?? 0), money(priceMax ?? 0));
  return money(price);
}
