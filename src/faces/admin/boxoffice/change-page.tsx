import type { ReactElement } from 'react';
import {
  type ChangeKind,
  type NoticeInList,
  sayOrderCode,
  type TicketHolders,
  type UntoldOrder,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { plainText, type Screening, shownState } from '../../../domain/screenings/index.ts';
import { sayKnown } from '../../../letters/changes/index.ts';
import {
  DeskPage,
  EmptyState,
  FormErrors,
  type FormState,
  LinkButton,
  LongTextField,
  type NoticeWords,
  Submit,
} from '../../../ui/admin/index.ts';
import { changeWords, mayKeep } from '../../../ui/words/changes.ts';
import type { Desk } from '../desk.ts';
import { StateBadge } from '../screenings/list-page.tsx';
import { ChangeAnswers } from './change-answers.tsx';
import { ScreeningTabs, screeningWords } from './parts.tsx';

export type ChangePageProps = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly holders: TicketHolders;
  readonly notices: readonly NoticeInList[];
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** Moving or cancelling a screening: how many have tickets, what they will be told, what they chose. */
export function ChangePage(props: ChangePageProps): ReactElement {
  const { desk, screening, holders, notices, form, notice } = props;
  return (
    <DeskPage
      desk={desk}
      title={screeningWords(screening)}
      about={plainText(screening.venue.name)}
      from={{ href: `${desk.base}/box-office`, label: 'Tickets' }}
      notice={notice}
    >
      <ScreeningTabs desk={desk} id={screening.id} open="change" />
      <FormErrors form={form} outcome="Nobody was told." />
      <section className="sale-strip" aria-label="Who has tickets">
        <StateBadge state={shownState(screening, desk.now)} />
        <p>{holdersWords(holders)}</p>
      </section>
      {holders.untold.length > 0 ? <Tell {...props} /> : <Change {...props} />}
      <ChangeAnswers desk={desk} notices={notices} />
    </DeskPage>
  );
}

const people = (count: number): string =>
  count === 1 ? 'one person has a ticket' : `${count} people have tickets`;
const ordersOf = (count: number): string => (count === 1 ? 'one order' : `${count} orders`);

function holdersWords({ orders, tickets }: TicketHolders): string {
  if (orders === 0) return 'Nobody has a ticket yet: whatever changes, there is nobody to tell.';
  const words = people(tickets);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, in ${ordersOf(orders)}.`;
}

/** People know another screening than there is: they are told, with words of the team. */
function Tell({ desk, screening, holders, form }: ChangePageProps): ReactElement {
  const { untold } = holders;
  const withAddress = untold.filter(({ address }) => address !== null);
  const at = `${desk.base}/screenings/${screening.id}/change`;
  return (
    <section className="desk-section">
      <h2>
        {untold.length === 1 ? 'One order knows' : `${untold.length} orders know`} another screening than
        there is
      </h2>
      {[...Map.groupBy(untold, ({ kind }) => kind)].map(([kind, those]) => (
        <Letter key={kind} desk={desk} screening={screening} kind={kind} untold={those} />
      ))}
      {withAddress.length < untold.length ? <NoAddress desk={desk} untold={untold} /> : null}
      <form method="post" action={`${at}/notices`} className="stack rules-form">
        <Message form={form} />
        <Submit>{withAddress.length === 1 ? 'Tell them' : `Tell all ${untold.length}`}</Submit>
      </form>
    </section>
  );
}

function Letter({
  desk,
  screening,
  kind,
  untold,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly kind: ChangeKind;
  readonly untold: readonly UntoldOrder[];
}): ReactElement {
  const words = changeWords('en');
  const [first] = untold;
  return (
    <figure className="as-read">
      <figcaption>What {untold.length === 1 ? 'it reads' : `${untold.length} of them read`}</figcaption>
      <p className="as-read-name">{words.subject[kind](desk.film.title)}</p>
      <p>{words.about[kind](desk.film.title)}</p>
      {first === undefined ? null : (
        <p>
          {words.was}: {sayKnown(first.knew, screening.venue.timezone, 'en').replace('\n', ' · ')}
        </p>
      )}
      {kind === 'moved' || kind === 'restored' ? (
        <p>
          {words.is}: {screeningWords(screening)} · {plainText(screening.venue.name)}
        </p>
      ) : null}
      <p className="quiet">
        {mayKeep(kind) ? words.mayKeep : words.must} keep, exchange, or have the money back.
      </p>
    </figure>
  );
}

function NoAddress({
  desk,
  untold,
}: {
  readonly desk: Desk;
  readonly untold: readonly UntoldOrder[];
}): ReactElement {
  const those = untold.filter(({ address }) => address === null);
  return (
    <div className="desk-notice tone-warn">
      <div className="desk-notice-words">
        <p>
          {those.length === 1 ? 'One order has' : `${those.length} orders have`} no address to write to. Tell
          them yourself:
        </p>
        <ul>
          {those.slice(0, 20).map(({ orderId, code, name, tickets }) => (
            <li key={orderId}>
              {may(desk.role, 'orders.read') ? (
                <a href={`${desk.base}/orders/${orderId}`}>{sayOrderCode(code)}</a>
              ) : (
                sayOrderCode(code)
              )}
              , {name}, {tickets === 1 ? 'one ticket' : `${tickets} tickets`}
            </li>
          ))}
          {those.length > 20 ? <li>and {those.length - 20} more</li> : null}
        </ul>
      </div>
    </div>
  );
}

function Message({ form }: { readonly form: FormState }): ReactElement {
  return (
    <LongTextField
      name="message"
      label="In your own words"
      hint="Stands in the mail as you write it: why, and what you wish them to know. The rest is written by itself, in each buyer’s language."
      form={form}
      isOptional
      charactersMax={2_000}
      rows={3}
    />
  );
}

/** Everybody knows what there is: what can be changed from here. */
function Change({ desk, screening, holders, form }: ChangePageProps): ReactElement {
  const at = `${desk.base}/screenings/${screening.id}`;
  const state = shownState(screening, desk.now);
  if (state === 'past')
    return <EmptyState title="It is over">What was sold stays in the reports.</EmptyState>;
  const isOff = state === 'cancelled' || state === 'postponed';
  const tellWords = holders.orders === 0 ? '' : ` and tell ${ordersOf(holders.orders)}`;
  return (
    <>
      <section className="desk-section">
        <h2>Move it</h2>
        <p>
          Give it another day, hour or venue in its form. Whoever has a ticket is then listed here, and told
          with one press; they can keep their tickets, exchange them, or have their money back.
        </p>
        {may(desk.role, 'screenings.edit') ? (
          <div className="button-row">
            <LinkButton href={at}>{isOff ? 'Its form' : 'Move it in its form'}</LinkButton>
          </div>
        ) : null}
      </section>
      {state === 'cancelled' ? null : (
        <section className="desk-section">
          <h2>{isOff ? 'Cancel it' : 'Cancel or postpone it'}</h2>
          <form method="post" action={`${at}/change/cancellation`} className="stack rules-form">
            <Message form={form} />
            <div className="button-row">
              <Submit look="danger">{`Cancel it${tellWords}`}</Submit>
              {isOff ? null : (
                <Submit look="plain" action={`${at}/change/postponement`}>
                  {`Postpone it${tellWords}`}
                </Submit>
              )}
            </div>
          </form>
        </section>
      )}
    </>
  );
}
