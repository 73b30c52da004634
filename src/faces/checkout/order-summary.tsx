import type { ReactElement } from 'react';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { say } from '../site/pages/site-page.tsx';
import type { OrderView } from './order-view.ts';

/** What was chosen and what it costs, at what was quoted. */
export function OrderSummary({
  model,
  view: { order, types },
}: {
  readonly model: PageModel;
  readonly view: OrderView;
}): ReactElement {
  const { order: said } = words(model.language).checkout;
  const money = (amount: number): string => sayMoney(amount, order.currency, model.language);
  const sums = (each: 'off' | 'granted'): number =>
    order.lines.reduce((sum, line) => sum + line[each] * line.quantity, 0);
  const less = [
    { label: said.offTitle, amount: sums('off') },
    { label: said.granted, amount: sums('granted') },
  ].filter(({ amount }) => amount > 0);
  return (
    <table className="order-summary">
      <caption>{said.summary}</caption>
      <tbody>
        {order.lines.map(({ line, ticketTypeId, quantity, price }) => (
          <tr key={line}>
            <th scope="row">
              {quantity} × {say(model, types.find(({ id }) => id === ticketTypeId)?.name)}
            </th>
            <td>{money(price * quantity)}</td>
          </tr>
        ))}
        {less.map(({ label, amount }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{money(-amount)}</td>
          </tr>
        ))}
        {order.gift === 0 ? null : (
          <tr>
            <th scope="row">{said.gift}</th>
            <td>{money(order.gift)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{said.total}</th>
          <td>{order.total === 0 ? said.nothing : money(order.total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
