import type { Refusal } from '../../platform/refusal.ts';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import { amountField, quantityField } from './read-choices.ts';

/** Why places could not be set aside, or an order not be confirmed, in words. */
export function sayProblem({ code, details }: Refusal, currency: string, language: string): string {
  const { problems } = words(language).checkout;
  const money = (amount: unknown): string => sayMoney(Number(amount), currency, language);
  if (code === 'too_many_of_type') return problems.too_many_of_type(Number(details.max));
  if (code === 'amount_too_small') return problems.amount_too_small(money(details.min));
  if (code === 'amount_too_large') return problems.amount_too_large(money(details.max));
  if (code === 'places_gone') return problems.places_gone(Number(details.left));
  const ofFund = words(language).fund.problems;
  if (code === 'grant_taken') return ofFund.grant_taken(Number(details.days));
  const known = { ...ofFund, ...problems }[code as keyof typeof problems];
  return typeof known === 'string' ? known : problems.unreadable;
}

/** The field that a refusal is about; null: none of them. */
export function fieldOfRefusal({ code, details }: Refusal): string | null {
  if (/^(code|grants?)_/.test(code) || code === 'no_such_code') return 'code';
  if (code === 'no_grants' || code === 'fund_empty') return 'code';
  if (code.startsWith('gift_')) return 'gift';
  const { type } = details;
  if (typeof type !== 'string') return null;
  if (code === 'needs_code') return 'code';
  return code.startsWith('amount_') ? amountField(type) : quantityField(type);
}
