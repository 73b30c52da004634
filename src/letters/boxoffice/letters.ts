import type { Temporal } from 'temporal-polyfill';
import { teamAddress } from '../../domain/audience/index.ts';
import { addOrderKey, ticketMailKeys } from '../../domain/boxoffice/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Attachment } from '../../platform/mail/attachments.ts';
import { mailsByKey } from '../../platform/mail/mails.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { newSecret } from '../../platform/secrets.ts';
import { words } from '../../ui/words/index.ts';
import { automatic } from '../audience/index.ts';
import { type Piece, written } from '../letter.tsx';
import { type TicketPapers, ticketPapers } from './ticket-papers.ts';

/** What the papers that go with these mails are called where they are drawn. */
export const paperKinds = { tickets: 'tickets-pdf', calendar: 'tickets-calendar' } as const;

/**
 * Writes an order's one letter: to the buyer, with everything that is theirs to show. Run twice, it is one mail, and
 * one secret is made for it. `number` counts those that were asked for again.
 */
export async function writeTicketsLetter(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, number, publicUrl }: { orderId: string; number: number; publicUrl: string },
): Promise<void> {
  const key = ticketMailKeys.order(orderId, number);
  if ((await mailsByKey(tx, filmId, now, [key])).length > 0) return;
  const papers = await ticketPapers(tx, filmId, now, { orderId });
  const to = papers?.order.buyer?.address;
  if (!papers || !to || papers.order.cancelledAt !== null) return;
  const { film, filmTitle, language, tickets, order } = papers;
  const said = words(language).boxoffice.letter;
  const secret = newSecret();
  const count = tickets.length || order.tickets.length;
  const mail = await writeMail(tx, filmId, now, {
    ...{ key, to, headers: automatic, ...answersTo(papers) },
    ...written({
      ...{ language, title: filmTitle, theme: film.theme, subject: said.subject(filmTitle, count) },
      pieces: [
        { kind: 'words', text: said.hello(order.buyer?.name ?? '') },
        { kind: 'words', text: said.about(filmTitle, count) },
        ...aboutScreening(papers),
        { kind: 'words', text: said.attached },
        {
          kind: 'button',
          href: film.pageAt(publicUrl, `/orders/${order.code}?key=${secret}`, language),
          label: said.open,
          below: said.below,
        },
        { kind: 'small', text: said.notMe },
      ],
    }),
    attachments: attachmentsOf({ orderId }, false),
  });
  // Of two who write it at once, the second finds it written: its secret opens nothing.
  if (mail !== null) await addOrderKey(tx, filmId, now, { orderId, secret });
}

/** Writes to whom a ticket was handed on to: that ticket and nothing of its order. Twice for one hand is one mail. */
export async function writeHandedOnLetter(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { orderId, ticketId, number }: { orderId: string; ticketId: string; number: number },
): Promise<void> {
  const papers = await ticketPapers(tx, filmId, now, { orderId, ticketId });
  const ticket = papers?.order.tickets.find(({ id }) => id === ticketId);
  if (!papers || !ticket?.holderAddress || ticket.cancelledAt !== null) return;
  const { film, filmTitle, language, order } = papers;
  const { handedOn, letter } = words(language).boxoffice;
  await writeMail(tx, filmId, now, {
    key: ticketMailKeys.ticket(ticketId, ticket.generation, number),
    ...{ to: ticket.holderAddress, headers: automatic, ...answersTo(papers) },
    ...written({
      ...{ language, title: filmTitle, theme: film.theme, subject: handedOn.subject(filmTitle) },
      pieces: [
        { kind: 'words', text: letter.hello(ticket.guestName ?? '') },
        { kind: 'words', text: handedOn.about(order.buyer?.name ?? '', filmTitle) },
        ...aboutScreening(papers),
        { kind: 'words', text: handedOn.attached },
        { kind: 'small', text: letter.notMe },
      ],
    }),
    // This reader has no page to fetch it from.
    attachments: attachmentsOf({ orderId, ticketId }, true),
  });
}

function answersTo({ film }: TicketPapers): { replyTo?: string } {
  const team = teamAddress(film.document, 'general');
  return team === null ? {} : { replyTo: team };
}

function aboutScreening(papers: TicketPapers): Piece[] {
  const { language, when, where, directions, access, tickets, refundRule } = papers;
  const { paper, letter } = words(language).boxoffice;
  const lines = tickets.map(({ code, type, guestName }) =>
    [code, type, guestName ?? ''].filter(Boolean).join(' · '),
  );
  const answers = [
    { label: paper.when, shown: when },
    { label: paper.where, shown: where.join('\n') },
    ...(directions === null ? [] : [{ label: letter.directions, shown: directions }]),
    { label: letter.access, shown: access.length === 0 ? letter.accessNone : access.join(', ') },
    { label: words(language).boxoffice.tickets.title(tickets.length), shown: lines.join('\n') },
    { label: letter.rule, shown: refundRule },
  ];
  return [{ kind: 'answers', answers }];
}

function attachmentsOf(of: Record<string, string>, isNeeded: boolean): Attachment[] {
  return [
    { name: 'tickets.pdf', type: 'application/pdf', kind: paperKinds.tickets, of, isNeeded },
    {
      ...{ name: 'screening.ics', type: 'text/calendar; charset=utf-8; method=PUBLISH' },
      ...{ kind: paperKinds.calendar, of, isNeeded: false },
    },
  ];
}
