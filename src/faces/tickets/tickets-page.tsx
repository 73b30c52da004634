import type { ReactElement } from 'react';
import { sayOrderCode, type Ticket, ticketCode } from '../../domain/boxoffice/index.ts';
import type { PaperTicket, TicketPapers } from '../../letters/boxoffice/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { FieldRow } from '../../ui/components/field-row.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { TicketQr } from '../../ui/components/ticket-qr.tsx';
import { words } from '../../ui/words/index.ts';
import { orderPath } from '../checkout/order-path.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage } from '../site/pages/site-page.tsx';

/** What was just done, by the code of its words. */
export type Said = 'saved' | 'handedOn' | 'resent';
/** What a form sent, shown again beside what was wrong with it. */
export type TypedTickets = Readonly<Record<string, string>>;

type TicketsPageProps = {
  readonly model: PageModel;
  readonly papers: TicketPapers;
  readonly orderKey: string;
  readonly said: Said | null;
  readonly refused?: string;
  readonly typed?: TypedTickets;
};

/** An order's tickets, to be shown at the door from the phone, and what may be done with them. */
export function TicketsPage(props: TicketsPageProps): ReactElement {
  const { model, papers, orderKey, said } = props;
  const { tickets: text } = words(model.language).boxoffice;
  const { order, filmTitle, when, where, refundRule } = papers;
  const to = (part: `/${string}`) => pathTo(model, orderPath(order.code, orderKey, part));
  const title = text.title(order.tickets.length);
  const isOver = papers.screening.overAt.epochMilliseconds <= model.now.epochMilliseconds;
  return (
    <SitePage model={model} title={title} isHidden className="my-tickets">
      <div className="section">
        <div className="section-inner">
          <h1 className="section-title">{title}</h1>
          <p className="my-tickets-lead">
            <strong>{filmTitle}</strong>
            <span>{when}</span>
            <span>{where.join(', ')}</span>
          </p>
          {said === null ? null : (
            <Notice kind="success" isAnswer id="said">
              {text[said]}
            </Notice>
          )}
          <Refused {...props} />
          <div className="my-tickets-do">
            <ButtonLink href={to('/tickets.pdf')} look="outline">
              {text.pdf}
            </ButtonLink>
            <ButtonLink href={to('/calendar.ics')} look="outline" icon="calendar">
              {text.calendar}
            </ButtonLink>
          </div>
          <ul className="my-tickets-list">
            {order.tickets.map((ticket) => (
              <TicketCard key={ticket.id} {...props} ticket={ticket} isOver={isOver} />
            ))}
          </ul>
          <p>{refundRule}</p>
          <div className="my-tickets-do">
            {order.buyer?.address ? (
              <form method="post" action={pathTo(model, `/orders/${order.code}/letters`)}>
                <input type="hidden" name="key" value={orderKey} />
                <Button look="quiet">{text.resend}</Button>
              </form>
            ) : null}
            <a href={pathTo(model, orderPath(order.code, orderKey))}>{text.back}</a>
          </div>
          <p className="my-tickets-code">{text.order(sayOrderCode(order.code))}</p>
        </div>
      </div>
    </SitePage>
  );
}

/** What was wrong, where no field of the page is to blame. */
function Refused({ model, refused, typed = {} }: TicketsPageProps): ReactElement | null {
  if (refused === undefined || isOfField(refused, typed)) return null;
  const said = problemOf(model, refused);
  return (
    <Notice kind="failure" title={said} isAnswer id="refused">
      {null}
    </Notice>
  );
}

/** Whether it stands beside the field that it is about. */
function isOfField(refused: string, typed: TypedTickets): boolean {
  return typed.ticket !== undefined && ['name_missing', 'name_too_long', 'address_wrong'].includes(refused);
}

function problemOf(model: PageModel, code: string): string {
  const { problems } = words(model.language).boxoffice.tickets;
  return problems[code as keyof typeof problems] ?? problems.unreadable;
}

function TicketCard(
  props: TicketsPageProps & { readonly ticket: Ticket; readonly isOver: boolean },
): ReactElement {
  const { model, papers, ticket, isOver } = props;
  const { tickets: said, paper: paperWords } = words(model.language).boxoffice;
  const code = ticketCode(papers.order.code, ticket.number);
  const paper = papers.tickets.find(({ id }) => id === ticket.id);
  const isLive = paper !== undefined && !isOver;
  return (
    <li className="my-ticket">
      {paper === undefined ? null : <TicketQr text={paper.mark} label={paperWords.qr(code)} />}
      <div className="my-ticket-words">
        <h2>{code}</h2>
        {paper === undefined ? null : <p>{paper.type}</p>}
        {ticket.guestName === null || paper === undefined ? null : <p>{ticket.guestName}</p>}
        {ticket.cancelledAt === null ? null : <p className="my-ticket-off">{said.cancelled}</p>}
        {ticket.cancelledAt === null && paper === undefined ? (
          <p className="my-ticket-off">{said.isWith(ticket.guestName ?? '')}</p>
        ) : null}
        {isLive ? <Naming {...props} paper={paper} /> : null}
        {isLive ? <HandingOn {...props} /> : null}
      </div>
    </li>
  );
}

function Naming({
  model,
  papers,
  orderKey,
  paper,
}: TicketsPageProps & { readonly paper: PaperTicket }): ReactElement {
  const said = words(model.language).boxoffice.tickets;
  return (
    <form
      className="form my-ticket-name"
      method="post"
      action={pathTo(model, `/orders/${papers.order.code}/guests`)}
    >
      <input type="hidden" name="key" value={orderKey} />
      <FieldRow
        name={`name-${paper.id}`}
        label={said.name}
        hint={said.nameHint}
        language={model.language}
        value={paper.guestName ?? ''}
        charactersMax={200}
      />
      <Button look="outline">{said.save}</Button>
    </form>
  );
}

function HandingOn(props: TicketsPageProps & { readonly ticket: Ticket }): ReactElement {
  const { model, papers, orderKey, ticket, refused, typed = {} } = props;
  const said = words(model.language).boxoffice.tickets;
  const mine = typed.ticket === ticket.id && refused !== undefined && isOfField(refused, typed);
  const problem = mine ? problemOf(model, refused) : undefined;
  const isAddress = refused === 'address_wrong';
  return (
    <details className="my-ticket-on" open={mine}>
      <summary>{said.handOn}</summary>
      <form className="form" method="post" action={pathTo(model, `/orders/${papers.order.code}/transfers`)}>
        <p>{said.handOnAbout}</p>
        <input type="hidden" name="key" value={orderKey} />
        <input type="hidden" name="ticket" value={ticket.id} />
        <FieldRow
          name="name"
          id={`on-name-${ticket.id}`}
          label={said.newName}
          language={model.language}
          isRequired
          charactersMax={200}
          value={mine ? typed.name : undefined}
          error={isAddress ? undefined : problem}
        />
        <FieldRow
          name="address"
          id={`on-address-${ticket.id}`}
          kind="email"
          label={said.newAddress}
          language={model.language}
          charactersMax={254}
          value={mine ? typed.address : undefined}
          error={isAddress ? problem : undefined}
        />
        <Button look="outline">{said.handOnDo}</Button>
      </form>
    </details>
  );
}
