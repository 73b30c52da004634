import type { ReactElement, ReactNode } from 'react';
import {
  type Charge,
  type Code,
  type Dispute,
  type Order,
  orderState,
  type Refund,
  sayOrderCode,
  type TicketType,
} from '../../../domain/boxoffice/index.ts';
import type { LedgerGroup } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/roles.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import type { AuditLine } from '../../../platform/audit/index.ts';
import {
  DeskPage,
  Facts,
  FormErrors,
  type FormState,
  LongTextField,
  type NoticeWords,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import { screeningWords } from '../boxoffice/parts.tsx';
import type { Desk } from '../desk.ts';
import { OrderHistory } from './order-history.tsx';
import { OrderMoney } from './order-money.tsx';
import { OrderPayments } from './order-payments.tsx';
import { OrderBadge } from './order-state.tsx';
import { OrderLines, OrderTickets } from './order-tables.tsx';
import { channelWords, methodWords } from './words.ts';

export type WholeOrder = {
  readonly order: Order;
  readonly screening: Screening;
  readonly types: readonly TicketType[];
  readonly code: Code | null;
  readonly charges: readonly Charge[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  readonly groups: readonly LedgerGroup[];
  readonly history: readonly AuditLine[];
};

export type OrderPageProps = {
  readonly desk: Desk;
  readonly whole: WholeOrder;
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** One order from its buyer to the bank. */
export function OrderPage(props: OrderPageProps): ReactElement {
  const { desk, whole, form, notice } = props;
  const { order, screening } = whole;
  const isConfirmed = order.confirmedAt !== null;
  return (
    <DeskPage
      desk={desk}
      title={`Order ${sayOrderCode(order.code)}`}
      about={<a href={`${desk.base}/screenings/${screening.id}/tickets`}>{screeningWords(screening)}</a>}
      from={{ href: `${desk.base}/orders`, label: 'Orders' }}
      notice={notice}
    >
      <FormErrors form={form} />
      <Facts facts={factsOf(props)} />
      <section className="desk-section">
        <h2>What was chosen</h2>
        <OrderLines whole={whole} />
      </section>
      {isConfirmed ? (
        <section className="desk-section">
          <h2>Tickets</h2>
          <OrderTickets desk={desk} whole={whole} />
        </section>
      ) : null}
      <OrderPayments desk={desk} whole={whole} form={form} />
      <OrderMoney desk={desk} groups={whole.groups} isConfirmed={isConfirmed} />
      {isConfirmed && may(desk.role, 'orders.edit') ? (
        <BuyerForm desk={desk} order={order} form={form} />
      ) : null}
      <OrderHistory desk={desk} whole={whole} />
    </DeskPage>
  );
}

function factsOf({ desk, whole: { order, code } }: OrderPageProps): (readonly [string, ReactNode])[] {
  const { buyer, method, channel, madeAt, referral, note, lapsesAt } = order;
  const state = orderState(order, desk.now);
  const when = (at: Desk['now']): ReactNode => <When key="when" at={at} now={desk.now} />;
  const codeLink =
    code !== null && may(desk.role, 'codes.read') ? (
      <a key="code" href={`${desk.base}/codes/${code.id}`}>
        {code.word}
      </a>
    ) : (
      code?.word
    );
  return [
    ['State', <OrderBadge key="state" order={order} now={desk.now} />],
    ['Buyer', buyer?.name ?? 'Nobody said yet who comes'],
    ...(buyer?.address ? [['E-mail address', buyer.address] as const] : []),
    [
      'Made',
      <span key="made">
        {when(madeAt)}, {channelWords[channel].toLowerCase()}
      </span>,
    ],
    ...(state === 'open' ? [['Places kept until', when(lapsesAt)] as const] : []),
    ...(state === 'lapsed' ? [['Places went back', when(lapsesAt)] as const] : []),
    ...(method === null ? [] : [['Paid', methodWords[method]] as const]),
    ...(code === null ? [] : [['Code', codeLink] as const]),
    ...(referral === null ? [] : [['Came by', referral] as const]),
    ...(note === '' ? [] : [['Note', note] as const]),
  ];
}

function BuyerForm({
  desk,
  order,
  form,
}: {
  readonly desk: Desk;
  readonly order: Order;
  readonly form: FormState;
}): ReactElement {
  return (
    <section className="desk-section">
      <h2>Who it is for</h2>
      <form method="post" action={`${desk.base}/orders/${order.id}/buyer`} className="stack rules-form">
        <TextField name="name" label="Name" form={form} charactersMax={200} />
        <TextField
          name="address"
          type="email"
          label="E-mail address"
          hint="Whoever reads its mails can open the order. Nothing is sent by saving."
          form={form}
          isOptional
          charactersMax={254}
        />
        <LongTextField
          name="note"
          label="Note"
          hint="For the team alone."
          form={form}
          isOptional
          charactersMax={300}
          rows={2}
        />
        <Submit>Save</Submit>
      </form>
    </section>
  );
}
