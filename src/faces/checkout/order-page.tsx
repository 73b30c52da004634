import type { ReactElement, ReactNode } from 'react';
import type { OrderState } from '../../domain/boxoffice/index.ts';
import { sayOrderCode, ticketCode } from '../../domain/boxoffice/index.ts';
import { ButtonLink } from '../../ui/components/button.tsx';
import { ErrorSummary } from '../../ui/components/field-row.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayStart } from '../../ui/dates.ts';
import { changeWords, mayKeep } from '../../ui/words/changes.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf, screeningPath } from '../site/screenings/cards.ts';
import { TicketWays } from '../tickets/ticket-ways.tsx';
import { GivenBack } from './given-back.tsx';
import { OpenOrder } from './open-order.tsx';
import { orderPath } from './order-path.ts';
import { OrderSummary } from './order-summary.tsx';
import type { OrderView } from './order-view.ts';
import { choosePath } from './sale-paths.ts';

export type OrderPageProps = {
  readonly model: PageModel;
  readonly view: OrderView;
  readonly state: OrderState;
  readonly values?: Readonly<Record<string, string>>;
  readonly errors?: readonly { readonly name: string; readonly message: string }[];
  readonly problem?: string;
  /** Who takes payments for the film at a page; null: nobody, or nothing is to be paid. */
  readonly payee?: 'stripe' | 'sandbox' | null;
};

/** One order, for whoever has its secret: to be filled in while its places are held, its tickets afterwards. */
export function OrderPage(props: OrderPageProps): ReactElement {
  const { model, view, state, errors = [], problem } = props;
  const { order } = words(model.language).checkout;
  const title = {
    open: order.openTitle,
    lapsed: order.lapsedTitle,
    confirmed: order.confirmedTitle,
    cancelled: order.cancelledTitle,
  }[state];
  return (
    <SitePage
      model={model}
      title={title}
      isHidden
      className="form-page checkout"
      {...(state === 'open' ? { islands: ['time-left'] } : {})}
    >
      <div className="section">
        <div className="section-inner">
          <p className="checkout-code">{order.code(sayOrderCode(view.order.code))}</p>
          <h1 className="section-title">{title}</h1>
          {problem === undefined ? null : (
            <Notice kind="failure" title={problem} isAnswer id="problem">
              {null}
            </Notice>
          )}
          <ErrorSummary errors={errors} language={model.language} />
          <WhenWhere model={model} view={view} />
          <Body {...props} />
        </div>
      </div>
    </SitePage>
  );
}

function Body(props: OrderPageProps): ReactNode {
  const { model, view, state } = props;
  const { order } = words(model.language).checkout;
  if (state === 'open') return <OpenOrder {...props} />;
  if (state === 'confirmed') return <ConfirmedOrder {...props} />;
  return (
    <>
      <p>{state === 'lapsed' ? order.lapsedAbout : order.cancelledAbout}</p>
      <div className="form-ways">
        {state === 'lapsed' ? (
          <ButtonLink href={pathTo(model, choosePath(view.screening.slug))}>{order.again}</ButtonLink>
        ) : null}
        <ButtonLink href={pathTo(model, screeningPath(view.screening.slug))} look="outline">
          {order.screening}
        </ButtonLink>
      </div>
    </>
  );
}

function WhenWhere({ model, view: { screening } }: Pick<OrderPageProps, 'model' | 'view'>): ReactElement {
  const { venue } = screening;
  return (
    <p className="checkout-what">
      <a href={pathTo(model, screeningPath(screening.slug))}>
        {say(model, venue.name)}, {placeOf(model, screening)}
      </a>
      <br />
      {sayStart(screening, model.language)}
    </p>
  );
}

function ConfirmedOrder({ model, view }: OrderPageProps): ReactElement {
  const { order: said } = words(model.language).checkout;
  const { order, types } = view;
  const { buyer, tickets } = order;
  const nameOf = (id: string): string => say(model, types.find((type) => type.id === id)?.name);
  const address = buyer?.address ?? null;
  return (
    <>
      <Changed model={model} view={view} />
      <p>{address === null ? said.confirmedNoAddress : said.confirmedAbout(address)}</p>
      <section aria-labelledby="tickets-title">
        <h2 id="tickets-title">{said.tickets(tickets.length)}</h2>
        <ul className="order-tickets">
          {tickets.map((ticket) => (
            <li
              key={ticket.id}
              className={ticket.cancelledAt === null ? 'order-ticket' : 'order-ticket is-gone'}
            >
              <strong>{nameOf(ticket.ticketTypeId)}</strong>
              <span className="order-ticket-code">{ticketCode(order.code, ticket.number)}</span>
              {ticket.guestName === null ? null : <span>{said.ticketOf(ticket.guestName)}</span>}
              {ticket.cancelledAt === null ? null : <span>{said.cancelledTicket}</span>}
            </li>
          ))}
        </ul>
        <TicketWays model={model} code={order.code} orderKey={view.key} />
      </section>
      <OrderSummary model={model} view={view} />
      <GivenBack model={model} view={view} />
    </>
  );
}

/** That the screening is another than they know, with the way to choose what becomes of their tickets. */
function Changed({ model, view }: Pick<OrderPageProps, 'model' | 'view'>): ReactNode {
  const { notice, order, key } = view;
  if (notice === null) return null;
  const { page, mayKeep: stays, must, button } = changeWords(model.language);
  return (
    <Notice title={page.title[notice.kind]}>
      <p>{mayKeep(notice.kind) ? stays : must}</p>
      <ButtonLink href={pathTo(model, orderPath(order.code, key, '/change'))} look="outline">
        {button}
      </ButtonLink>
    </Notice>
  );
}
