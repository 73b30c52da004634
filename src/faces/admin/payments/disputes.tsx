import type { ReactElement } from 'react';
import { type Dispute, isOpenDispute, type ListedDispute } from '../../../domain/boxoffice/index.ts';
import { Badge, DeskTable, When } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { OrderLink } from './payment-tables.tsx';
import type { PaymentsPageProps } from './payments-page.tsx';
import { disputeReason, disputeStates } from './words.ts';

/** Payments that a buyer's bank took back or asks about: what waits for the film's answer first. */
export function Disputes({ desk, orders, disputes }: PaymentsPageProps): ReactElement {
  return (
    <section className="desk-section" id="disputes">
      <h2>Disputes</h2>
      <p>
        A buyer told their bank that a payment was not right. The bank has the money until it decides; where
        it only asks, it has taken none. Answer at Stripe, in time. Tickets stay good unless you give them
        back in their order, and then only what the bank left goes back.
      </p>
      <DeskTable
        caption="Disputes"
        rows={disputes}
        keyOf={({ id }) => id}
        columns={[
          {
            name: 'Order',
            kind: 'lead',
            cell: ({ orderId, reason }) => (
              <>
                <OrderLink {...{ desk, orders, orderId }} />
                <span className="desk-under">{disputeReason(reason)}</span>
              </>
            ),
          },
          { name: 'State', cell: ({ state }) => <DisputeBadge state={state} /> },
          { name: 'Answer by', kind: 'when', cell: (dispute) => <AnswerBy desk={desk} dispute={dispute} /> },
          { name: 'Opened', kind: 'when', cell: ({ openedAt }) => <When at={openedAt} now={desk.now} /> },
          { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
          { name: 'Where', kind: 'actions', cell: (dispute) => <AtProvider dispute={dispute} /> },
        ]}
        empty={null}
      />
    </section>
  );
}

export function DisputeBadge({ state }: Pick<Dispute, 'state'>): ReactElement {
  return <Badge tone={disputeStates[state].tone}>{disputeStates[state].words}</Badge>;
}

/** Until when the film may answer, as long as there is anything to answer. */
export function AnswerBy({
  desk,
  dispute,
}: {
  readonly desk: Desk;
  readonly dispute: Dispute;
}): ReactElement | null {
  const { dueAt, state } = dispute;
  if (dueAt === null || !isOpenDispute(dispute) || state === 'under-review') return null;
  return <When at={dueAt} now={desk.now} />;
}

/** The payment at Stripe, where its dispute is answered. */
function AtProvider({
  dispute: { paymentRef, isLive },
}: {
  readonly dispute: ListedDispute;
}): ReactElement | null {
  if (paymentRef === null) return null;
  const href = `https://dashboard.stripe.com/${isLive ? '' : 'test/'}payments/${paymentRef}`;
  return (
    <a href={href} rel="noreferrer">
      Open at Stripe
    </a>
  );
}
