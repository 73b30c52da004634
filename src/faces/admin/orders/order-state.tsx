import type { ReactElement } from 'react';
import { type Order, orderState } from '../../../domain/boxoffice/index.ts';
import { Badge } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { stateWords } from './words.ts';

type Standing = Pick<Order, 'confirmedAt' | 'cancelledAt' | 'lapsesAt'>;

const tones = { open: 'warn', confirmed: 'good', cancelled: 'bad', lapsed: 'plain' } as const;

/** How an order stands, as a word and a shape. */
export function OrderBadge({
  order,
  now,
}: {
  readonly order: Standing;
  readonly now: Desk['now'];
}): ReactElement {
  const state = orderState(order, now);
  return <Badge tone={tones[state]}>{stateWords[state]}</Badge>;
}
