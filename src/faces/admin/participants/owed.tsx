import type { ReactElement } from 'react';
import { sayMoney } from '../../../ui/money.ts';

/** What a participant is owed in each currency; below zero it is carried, and said to be. */
export function Owed({
  owed,
}: {
  readonly owed: readonly { readonly currency: string; readonly owed: number }[];
}): ReactElement {
  if (owed.length === 0) return <>Nothing yet</>;
  return (
    <>
      {owed.map(({ currency, owed: amount }) => (
        <div key={currency}>
          {sayMoney(amount, currency)}
          {amount < 0 ? <small className="desk-hint"> paid too much, carried</small> : null}
        </div>
      ))}
    </>
  );
}
