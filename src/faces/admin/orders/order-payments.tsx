import type { ReactElement } from 'react';
import {
  type Charge,
  type ChargeState,
  chargeState,
  type Dispute,
  paidFor,
  ticketCode,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { newId } from '../../../platform/secrets.ts';
import { Badge, DeskTable, type FormState, Submit, TextField, When } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { AnswerBy, DisputeBadge } from '../payments/disputes.tsx';
import { RefundBadge } from '../payments/payment-tables.tsx';
import { disputeReason, problemWords, refundReasons } from '../payments/words.ts';
import { CardUnder } from './card-under.tsx';
import type { WholeOrder } from './order-page.tsx';
import { nameOf } from './order-tables.tsx';
import { methodWords } from './words.ts';

type Shown = { readonly desk: Desk; readonly whole: WholeOrder; readonly form: FormState };

const chargeWords: Readonly<Record<ChargeState, string>> = {
  open: 'Page is open',
  pending: 'Waits for a bank',
  succeeded: 'Paid',
  gone: 'Over without payment',
  owed: 'Owed',
};

/** Every payment that was begun for an order, what went back of them, and the forms that give back. */
export function OrderPayments({ desk, whole, form }: Shown): ReactElement | null {
  const { charges, refunds, disputes, order } = whole;
  const mayGiveBack =
    order.confirmedAt !== null &&
    may(desk.role, 'orders.edit') &&
    order.tickets.some(({ cancelledAt }) => cancelledAt === null);
  if (charges.length === 0 && refunds.length === 0 && !mayGiveBack) return null;
  return (
    <section className="desk-section">
      <h2>Payments and refunds</h2>
      {charges.length === 0 ? null : <Charges desk={desk} charges={charges} />}
      {disputes.length === 0 ? null : <DisputeList desk={desk} disputes={disputes} />}
      {refunds.length === 0 ? null : <RefundList desk={desk} whole={whole} />}
      {mayGiveBack ? <GiveBack {...{ desk, whole, form }} /> : null}
    </section>
  );
}

function Charges({
  desk,
  charges,
}: Pick<Shown, 'desk'> & { readonly charges: readonly Charge[] }): ReactElement {
  const tones = { open: 'plain', pending: 'warn', succeeded: 'good', gone: 'plain', owed: 'warn' } as const;
  return (
    <DeskTable
      caption="Payments"
      rows={charges}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Payment',
          kind: 'lead',
          cell: (charge) => (
            <>
              {methodWords[charge.method]}
              <CardUnder card={charge} />
            </>
          ),
        },
        {
          name: 'State',
          cell: (charge) => (
            <>
              <Badge tone={tones[chargeState(charge)]}>{chargeWords[chargeState(charge)]}</Badge>{' '}
              {charge.fulfils === false ? <Badge tone="warn">Too much: goes back</Badge> : null}
              {charge.problem === null ? null : <Badge tone="bad">{problemWords[charge.problem]}</Badge>}
            </>
          ),
        },
        { name: 'Begun', kind: 'when', cell: ({ startedAt }) => <When at={startedAt} now={desk.now} /> },
        { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
        {
          name: 'Provider kept',
          kind: 'figure',
          cell: ({ fee, feeCurrency }) =>
            fee === null || feeCurrency === null ? '' : sayMoney(fee, feeCurrency),
        },
      ]}
      empty={null}
    />
  );
}

function DisputeList({
  desk,
  disputes,
}: Pick<Shown, 'desk'> & { readonly disputes: readonly Dispute[] }): ReactElement {
  return (
    <DeskTable
      caption="Disputes"
      rows={disputes}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Dispute',
          kind: 'lead',
          cell: ({ reason }) => <a href={`${desk.base}/payments#disputes`}>{disputeReason(reason)}</a>,
        },
        { name: 'State', cell: ({ state }) => <DisputeBadge state={state} /> },
        { name: 'Answer by', kind: 'when', cell: (dispute) => <AnswerBy desk={desk} dispute={dispute} /> },
        { name: 'Opened', kind: 'when', cell: ({ openedAt }) => <When at={openedAt} now={desk.now} /> },
        { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
      ]}
      empty={null}
    />
  );
}

function RefundList({ desk, whole }: Pick<Shown, 'desk' | 'whole'>): ReactElement {
  return (
    <DeskTable
      caption="Refunds"
      rows={whole.refunds}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'Refund',
          kind: 'lead',
          cell: ({ reason, failure }) => (
            <>
              {refundReasons[reason]}
              {failure === null ? null : <span className="desk-under">{failure.replaceAll('_', ' ')}</span>}
            </>
          ),
        },
        { name: 'State', cell: ({ state }) => <RefundBadge state={state} /> },
        { name: 'Asked', kind: 'when', cell: ({ askedAt }) => <When at={askedAt} now={desk.now} /> },
        { name: 'By', cell: ({ personName }) => personName },
        { name: 'Amount', kind: 'figure', cell: ({ amount, currency }) => sayMoney(amount, currency) },
      ]}
      empty={null}
    />
  );
}

function GiveBack({ desk, whole, form }: Shown): ReactElement {
  const { order, charges } = whole;
  const isWithheld = charges.some(({ disputed }) => disputed > 0);
  const here = `${desk.base}/orders/${order.id}`;
  const good = order.tickets.filter(({ cancelledAt }) => cancelledAt === null);
  return (
    <>
      <form method="post" action={`${here}/refund`} className="stack">
        <fieldset className="desk-field">
          <legend>Give tickets back</legend>
          <p className="desk-hint">
            They let nobody in from then on, and their places go to others at once.{' '}
            {isWithheld
              ? 'A dispute has the money: only what it leaves goes back.'
              : 'The money goes back the way it came.'}
          </p>
          {good.map((ticket) => (
            <label key={ticket.id} className="desk-choice">
              <input type="checkbox" name="ticket[]" value={ticket.id} />
              <span>
                {ticketCode(order.code, ticket.number)}, {nameOf(whole, ticket.ticketTypeId)},{' '}
                {sayMoney(paidFor(ticket, order.lines), order.currency)}
                {ticket.guestName === null ? null : ` · ${ticket.guestName}`}
              </span>
            </label>
          ))}
          {order.gift === 0 ? null : (
            <label className="desk-choice">
              <input type="checkbox" name="with_gift" value="yes" />
              <span>and the gift to the solidarity fund, {sayMoney(order.gift, order.currency)}</span>
            </label>
          )}
        </fieldset>
        <Submit look="plain">Give back</Submit>
      </form>
      {order.total === 0 ? null : (
        <details open={form.errors.amount !== undefined}>
          <summary>Give back a sum, and leave the tickets good</summary>
          <form method="post" action={`${here}/refund-sum`} className="stack">
            <input type="hidden" name="key" value={form.values.key ?? newId()} />
            <TextField
              name="amount"
              label={`Amount in ${order.currency}`}
              form={form}
              charactersMax={30}
              hint="Of what was paid for tickets, such as 5.00"
            />
            <Submit look="plain">Give the sum back</Submit>
          </form>
        </details>
      )}
    </>
  );
}
