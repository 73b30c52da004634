import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import {
  type Charge,
  isOpenDispute,
  type ListedDispute,
  type Order,
  type PaymentAccount,
  type RefundNotDone,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import {
  Badge,
  DeskNotice,
  DeskPage,
  Facts,
  FormErrors,
  type FormState,
  type NoticeWords,
  PostButton,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { Disputes } from './disputes.tsx';
import { Doubts, Invoices, Refunds } from './payment-tables.tsx';

export type PaymentsPageProps = {
  readonly desk: Desk;
  readonly account: PaymentAccount | null;
  /** The newest event of the account; null without an account. */
  readonly events: { readonly last: Temporal.Instant | null; readonly kind: string | null } | null;
  readonly disputes: readonly ListedDispute[];
  readonly refunds: readonly RefundNotDone[];
  readonly doubts: readonly Charge[];
  readonly invoices: readonly Charge[];
  readonly orders: ReadonlyMap<string, Order>;
  readonly today: Temporal.PlainDate;
  /** Where Stripe sends its events. */
  readonly webhookUrl: string;
  /** Whether this installation has one, and whether the film lets people into it. */
  readonly isSandbox: boolean;
  readonly isSandboxOpen: boolean;
  /** Made for trying things out: it can be removed, and takes no real payments. */
  readonly isDemo: boolean;
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** How the film is paid, what waits for somebody, and what is owed. */
export function PaymentsPage(props: PaymentsPageProps): ReactElement {
  const { desk, account, isDemo, notice, disputes, refunds, doubts, invoices } = props;
  const { '': problem, ...errors } = props.form.errors;
  const form = { ...props.form, errors };
  const isOwner = may(desk.role, 'payments.manage');
  // What has a day to be answered by stands before everything else.
  const isUrgent = disputes.some(isOpenDispute);
  return (
    <DeskPage
      desk={desk}
      title="Payments"
      about="Buyers pay into the film’s own account; nothing is kept on the way but what the provider takes."
      notice={notice}
    >
      <FormErrors form={form} />
      {problem === undefined ? null : <DeskNotice tone="bad" words={problem} />}
      {isUrgent ? <Disputes {...props} /> : null}
      <section className="desk-section">
        <h2>Stripe</h2>
        <State {...props} />
        {isOwner ? <Sandbox {...props} /> : null}
        {isOwner && !isDemo ? <KeyForms {...props} /> : null}
      </section>
      {refunds.length === 0 ? null : <Refunds {...props} />}
      {disputes.length === 0 || isUrgent ? null : <Disputes {...props} />}
      {doubts.length === 0 ? null : <Doubts {...props} />}
      {invoices.length === 0 ? null : <Invoices {...props} />}
      {account === null && isOwner && !isDemo ? <HowTo /> : null}
    </DeskPage>
  );
}

function State({ desk, account, events, isSandbox, isSandboxOpen, isDemo }: PaymentsPageProps): ReactElement {
  if (account === null && isDemo)
    return (
      <DeskNotice
        tone="warn"
        words={
          isSandbox && isSandboxOpen
            ? 'This is a demo film: it takes no account and no real payments. Buyers pay in the sandbox, a page that moves no money.'
            : 'This is a demo film: it takes no account and no real payments, because it can be removed with all its sales.'
        }
      />
    );
  if (account === null)
    return isSandbox && isSandboxOpen ? (
      <DeskNotice
        tone="warn"
        words="No account yet. Buyers pay in the sandbox: a page that moves no money, to try everything out. Whoever reaches this machine gets tickets for nothing."
      />
    ) : (
      <DeskNotice
        tone="warn"
        words="No account yet, so nobody can pay here. Free tickets are given all the same."
      />
    );
  const { providerAccount, isLive, keyEnd, webhookEnd, keysAt } = account;
  return (
    <Facts
      facts={[
        [
          'Account',
          <span key="account">
            {providerAccount}{' '}
            <Badge tone={isLive ? 'good' : 'warn'}>{isLive ? 'Real money' : 'Test mode'}</Badge>
          </span>,
        ],
        ['Secret key', `ends in ${keyEnd}`],
        ['Signing secret', webhookEnd === null ? <Missing key="missing" /> : `ends in ${webhookEnd}`],
        ['Entered', <When key="keys" at={keysAt} now={desk.now} />],
        [
          'Last event',
          events?.last ? (
            <span key="event">
              <When at={events.last} now={desk.now} />, {events.kind}
            </span>
          ) : (
            'None has come yet. Payments are asked about every few minutes all the same.'
          ),
        ],
      ]}
    />
  );
}

/** An owner's to open: nobody falls into it by a setting that was forgotten. */
function Sandbox({ desk, account, isSandbox, isSandboxOpen }: PaymentsPageProps): ReactElement | null {
  if (!isSandbox || account !== null) return null;
  const is = isSandboxOpen ? 'closed' : 'open';
  return (
    <>
      {isSandboxOpen ? null : (
        <p>
          To try everything out on this machine, buyers can pay in a sandbox: a page of ours that moves no
          money. Its tickets are good ones, so open it only while nobody else reaches this machine.
        </p>
      )}
      <PostButton action={`${desk.base}/payments/sandbox`} fields={{ is }}>
        {isSandboxOpen ? 'Close the sandbox' : 'Let buyers pay in the sandbox'}
      </PostButton>
    </>
  );
}

function Missing(): ReactElement {
  return <Badge tone="warn">Not entered yet: no event is believed</Badge>;
}

function KeyForms({ desk, account, form, webhookUrl }: PaymentsPageProps): ReactElement {
  const here = `${desk.base}/payments`;
  return (
    <>
      {account === null ? null : (
        <div className="button-row">
          <PostButton action={`${here}/check`}>Check the key with Stripe</PostButton>
          <PostButton action={`${here}/retire`}>Take no more payments through it</PostButton>
        </div>
      )}
      <form method="post" action={`${here}/key`} className="stack">
        <TextField
          name="secret_key"
          type="password"
          label={account === null ? 'Secret key' : 'Another secret key'}
          form={form}
          charactersMax={300}
          autoComplete="off"
          hint="Of your Stripe account, under Developers → API keys. It starts with sk_live_ or sk_test_. It is kept here, shown to nobody again, and stands in backups."
        />
        <Submit look={account === null ? 'main' : 'plain'}>Keep the key</Submit>
      </form>
      {account === null ? null : (
        <form method="post" action={`${here}/webhook`} className="stack">
          <p>
            In Stripe, under Developers → Webhooks, add an endpoint at <code>{webhookUrl}</code> for the
            events <code>checkout.session.*</code>, <code>payment_intent.*</code>,{' '}
            <code>charge.refunded</code>, <code>charge.dispute.*</code> and <code>refund.*</code>. It then
            shows a signing secret.
          </p>
          <TextField
            name="webhook_secret"
            type="password"
            label={account.webhookEnd === null ? 'Signing secret' : 'Another signing secret'}
            form={form}
            charactersMax={300}
            autoComplete="off"
            hint="It starts with whsec_."
          />
          <Submit look={account.webhookEnd === null ? 'main' : 'plain'}>Keep the secret</Submit>
        </form>
      )}
    </>
  );
}

function HowTo(): ReactElement {
  return (
    <section className="desk-section">
      <h2>From nothing to the first payment</h2>
      <ol>
        <li>Open an account at stripe.com in the name of whoever the money is to go to.</li>
        <li>
          Copy its test key first, enter it above, and buy a ticket with Stripe’s test card 4242 4242 4242
          4242.
        </li>
        <li>
          Then enter the live key. Payments that were tried are given back through the account they came by.
        </li>
      </ol>
    </section>
  );
}
