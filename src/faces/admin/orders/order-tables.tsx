import type { ReactElement } from 'react';
import { type OrderLine, type Ticket, ticketCode } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { plainText } from '../../../domain/screenings/index.ts';
import { Badge, DeskTable, EmptyState, PostButton, Submit } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import type { WholeOrder } from './order-page.tsx';

/** What a ticket type of the order is called. */
export const nameOf = ({ types }: WholeOrder, id: string): string =>
  plainText(types.find((type) => type.id === id)?.name ?? '');

/** What was chosen, at what was quoted. */
export function OrderLines({ whole }: { readonly whole: WholeOrder }): ReactElement {
  const { order } = whole;
  const { currency, lines, gift, total } = order;
  const money = (amount: number): string => (amount === 0 ? '' : sayMoney(amount, currency));
  const rest = ({ price, off, granted, quantity }: OrderLine): number => (price - off - granted) * quantity;
  return (
    <table className="desk-table order-lines">
      <caption className="only-read">What was chosen</caption>
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col" className="is-figure">
            Places
          </th>
          <th scope="col" className="is-figure">
            Each
          </th>
          <th scope="col" className="is-figure">
            Code takes off
          </th>
          <th scope="col" className="is-figure">
            Fund pays
          </th>
          <th scope="col" className="is-figure">
            To pay
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.line}>
            <th scope="row" className="is-lead">
              {nameOf(whole, line.ticketTypeId)}
            </th>
            <Figure name="Places">{String(line.quantity)}</Figure>
            <Figure name="Each">{sayMoney(line.price, currency)}</Figure>
            <Figure name="Code takes off">{money(line.off * line.quantity)}</Figure>
            <Figure name="Fund pays">{money(line.granted * line.quantity)}</Figure>
            <Figure name="To pay">{sayMoney(rest(line), currency)}</Figure>
          </tr>
        ))}
        {gift === 0 ? null : (
          <tr>
            <th scope="row" className="is-lead">
              Gift to the solidarity fund
            </th>
            <Figure name="Places">{''}</Figure>
            <Figure name="Each">{''}</Figure>
            <Figure name="Code takes off">{''}</Figure>
            <Figure name="Fund pays">{''}</Figure>
            <Figure name="To pay">{sayMoney(gift, currency)}</Figure>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={5}>
            In all
          </th>
          <td className="is-figure">{sayMoney(total, currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: string }): ReactElement {
  return (
    <td className="is-figure" data-name={name}>
      <div className="desk-cell">{children}</div>
    </td>
  );
}

/** Who may come in with it; who may edit says their names here, in a full house too. */
export function OrderTickets({
  desk,
  whole,
}: {
  readonly desk: Desk;
  readonly whole: WholeOrder;
}): ReactElement {
  const { order } = whole;
  const isGood = ({ cancelledAt }: Ticket): boolean => cancelledAt === null;
  const mayName = may(desk.role, 'orders.edit') && order.tickets.some(isGood);
  const table = (
    <DeskTable<Ticket>
      caption="Tickets"
      rows={order.tickets}
      keyOf={({ id }) => id}
      columns={[
        { name: 'Ticket', kind: 'lead', cell: ({ number }) => ticketCode(order.code, number) },
        { name: 'Type', cell: ({ ticketTypeId }) => nameOf(whole, ticketTypeId) },
        {
          name: 'For',
          cell: (ticket) =>
            mayName && isGood(ticket) ? (
              <input
                name="guests[]"
                aria-label={`Who comes with ticket ${ticket.number}`}
                defaultValue={ticket.guestName ?? ''}
                maxLength={200}
                autoComplete="off"
              />
            ) : (
              ticket.guestName
            ),
        },
        {
          name: 'State',
          cell: (ticket) =>
            isGood(ticket) ? <Badge tone="good">Good</Badge> : <Badge tone="bad">Cancelled</Badge>,
        },
      ]}
      empty={<EmptyState title="No tickets" />}
    />
  );
  if (!mayName) return table;
  const at = `${desk.base}/orders/${order.id}`;
  return (
    <>
      <form method="post" action={`${at}/guests`} className="order-guests">
        {table}
        <Submit look="plain">Keep the names</Submit>
      </form>
      {order.buyer?.address ? (
        <PostButton action={`${at}/letters`}>{`Send the tickets to ${order.buyer.address} again`}</PostButton>
      ) : null}
    </>
  );
}
