import type { ReactElement } from 'react';
import {
  type Charge,
  isOverdue,
  owedOf,
  type Refund,
  type RefundNotDone,
  sayOrderCode,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { sayInvoiceNumber } from '../../../letters/boxoffice/payment-letters.ts';
import { Badge, DeskTable, PostButton, Submit, When } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { Day } from '../books/parts.tsx';
import type { PaymentsPageProps } from './payments-page.tsx';
import { problemWords, refundReasons, refundStates } from './words.ts';

type Shown = Pick<PaymentsPageProps, 'desk' | 'orders'>;

/** The order's code, leading to it where somebody may see it. */
export function OrderLink({ desk, orders, orderId }: Shown & { readonly orderId: string }): ReactElement {
  const order = orders.get(orderId);
  const said = order === undefined ? 'Order' : sayOrderCode(order.code);
  if (!may(desk.role, 'orders.read')) return <>{said}</>;
  return <a href={`${desk.base}/orders/${orderId}`}>{said}</a>;
}

/** Money that is not back yet: on its way, waiting for somebody of the team, or failed. */
export function Refunds({ desk, orders, refunds }: PaymentsPageProps): ReactElement {
  const here = `${desk.base}/payments/refunds`;
  const isPosting = may(desk.role, 'books.post');
  const buttonOf = ({ id, state, isByHand }: RefundNotDone): ReactElement | null => {
    if (!isPosting) return null;
    if (state === 'failed') return <PostButton action={`${here}/${id}/again`}>Ask again</PostButton>;
    if (isByHand && state === 'asked')
      return <PostButton action={`${here}/${id}/made`}>It went back</PostButton>;
    return null;
  };
  return (
    <section className="desk-section">
      <h2>Refunds that are not done</h2>
      <DeskTable
        caption="Refunds that are not done"
        rows={refunds}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Order',
            kind: 'lead',
            cell: ({ orderId, failure }) => (
              <>
                <OrderLink {...{ desk, orders, orderId }} />
                {failure === null ? null : <span className="desk-under">{failure.replaceAll('_', ' ')}</span>}
              </>
            ),
          },
          { name: 'Why', cell: ({ reason }) => refundReasons[reason] },
          { name: 'State', cell: ({ state }) => <RefundBadge state={state} /> },
          { name: 'Asked', kind: 'when', cell: ({ askedAt }) => <When at={askedAt} now={desk.now} /> },
          { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
          { name: 'What to do', kind: 'actions', cell: buttonOf },
        ]}
        empty={null}
      />
    </section>
  );
}

export function RefundBadge({ state }: Pick<Refund, 'state'>): ReactElement {
  return <Badge tone={refundStates[state].tone}>{refundStates[state].words}</Badge>;
}

/** Money too much, and what does not agree with what was asked for. */
export function Doubts({ desk, orders, doubts }: PaymentsPageProps): ReactElement {
  return (
    <section className="desk-section">
      <h2>Payments that no order stands on</h2>
      <p>
        What came too late or twice goes back by itself. What does not agree waits for you to look at Stripe.
      </p>
      <DeskTable
        caption="Payments that no order stands on"
        rows={doubts}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Order',
            kind: 'lead',
            cell: ({ orderId }) => <OrderLink {...{ desk, orders, orderId }} />,
          },
          { name: 'What it is', cell: (charge) => <What charge={charge} /> },
          { name: 'Begun', kind: 'when', cell: ({ startedAt }) => <When at={startedAt} now={desk.now} /> },
          { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
        ]}
        empty={null}
      />
    </section>
  );
}

function What({ charge }: { readonly charge: Charge }): ReactElement {
  if (charge.problem !== null) return <Badge tone="bad">{problemWords[charge.problem]}</Badge>;
  const isBack = charge.refunded === charge.captured;
  return (
    <Badge tone={isBack ? 'plain' : 'warn'}>
      {isBack ? 'Too much: goes back' : 'Too much: to give back'}
    </Badge>
  );
}

/** Invoices: what is owed first. */
export function Invoices({ desk, orders, invoices, today }: PaymentsPageProps): ReactElement {
  const stateOf = (charge: Charge): ReactElement => {
    if (charge.succeededAt !== null) return <Badge tone="good">Paid</Badge>;
    if (owedOf(charge) === 0) return <Badge tone="plain">Nothing owed</Badge>;
    return isOverdue(charge, today) ? <Badge tone="bad">Overdue</Badge> : <Badge tone="plain">Owed</Badge>;
  };
  return (
    <section className="desk-section">
      <h2>Invoices</h2>
      <DeskTable
        caption="Invoices"
        rows={invoices}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Invoice',
            kind: 'lead',
            cell: (charge) => (
              <>
                {sayInvoiceNumber(charge, desk.film.slug)}
                <span className="desk-under">
                  <OrderLink {...{ desk, orders, orderId: charge.orderId }} />
                  {`, ${orders.get(charge.orderId)?.buyer?.name ?? ''}`}
                </span>
              </>
            ),
          },
          { name: 'State', cell: stateOf },
          { name: 'Due', kind: 'when', cell: ({ dueOn }) => (dueOn === null ? null : <Day day={dueOn} />) },
          {
            name: 'Amount',
            kind: 'figure',
            cell: ({ amount, currency }) => sayMoney(amount, currency),
          },
          {
            name: 'Owed',
            kind: 'figure',
            cell: (charge) => sayMoney(owedOf(charge), charge.currency),
          },
          {
            name: 'What to do',
            kind: 'actions',
            cell: (charge) =>
              owedOf(charge) > 0 && may(desk.role, 'books.post') ? (
                <PaidForm
                  action={`${desk.base}/payments/invoices/${charge.id}/paid`}
                  today={today.toString()}
                />
              ) : null,
          },
        ]}
        empty={null}
      />
    </section>
  );
}

function PaidForm({ action, today }: { readonly action: string; readonly today: string }): ReactElement {
  return (
    <form method="post" action={action} className="button-row invoice-paid">
      <label>
        <span className="only-read">Paid on</span>
        <input type="date" name="paid_on" defaultValue={today} max={today} required />
      </label>
      <label>
        <span className="only-read">Into</span>
        <select name="into" defaultValue="bank">
          <option value="bank">into the bank</option>
          <option value="cash">into the cash box</option>
        </select>
      </label>
      <Submit look="plain">It was paid</Submit>
    </form>
  );
}
