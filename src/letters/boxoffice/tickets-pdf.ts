import PDFDocument from 'pdfkit';
import { collectPdf, universal } from '../../ui/pdf/document.ts';
import { facesFor } from '../../ui/pdf/fonts.ts';
import { paperFor } from '../../ui/pdf/paper-size.ts';
import { artifact, figure, type Page, pageOf, say } from '../../ui/pdf/pdf-page.ts';
import { drawQr } from '../../ui/pdf/qr.ts';
import { words } from '../../ui/words/index.ts';
import type { PaperTicket, TicketPapers } from './ticket-papers.ts';

const perSheet = 3;
const margin = 48;
const qrSide = 168;
const gutter = 24;
const quietZone = 14;
/** Black on white alone: whatever prints it, prints it. */
const colours = { ink: '#000000', accent: '#000000', quiet: '#3d3d3d' };

/** An order's tickets as a tagged PDF, three to a sheet, to be cut apart or not. Read aloud, it says the same. */
export async function ticketsPdf(papers: TicketPapers): Promise<Buffer> {
  const { film, filmTitle, language, tickets, screening } = papers;
  const said = words(language).boxoffice.paper;
  const faces = await facesFor(
    film.theme.type,
    JSON.stringify([papers.where, tickets, filmTitle, papers.when]),
  );
  const made = new Date(screening.changedAt.epochMilliseconds);
  const document = new PDFDocument({
    size: paperFor(screening.venue.country === null ? [] : [screening.venue.country]),
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    pdfVersion: '1.7',
    ...universal,
    tagged: true,
    lang: language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: said.title(filmTitle), Author: filmTitle, CreationDate: made, ModDate: made },
  });
  const bytes = collectPdf(document);
  const page = pageOf(document, faces, colours);
  say(page, 'H1', said.title(filmTitle), { voice: 'strong', size: 9, colour: colours.quiet });
  if (tickets.length === 0) say(page, 'P', said.none, { size: 12 });
  const height = (document.page.height - margin * 2 - 18) / perSheet;
  for (const [at, ticket] of tickets.entries()) {
    if (at > 0 && at % perSheet === 0) document.addPage();
    drawTicket(page, papers, ticket, margin + 18 + (at % perSheet) * height, height);
  }
  document.end();
  return await bytes;
}

function drawTicket(
  page: Page,
  papers: TicketPapers,
  ticket: PaperTicket,
  top: number,
  height: number,
): void {
  const { document, whole } = page;
  const said = words(papers.language).boxoffice.paper;
  const right = whole.left + whole.width;
  artifact(page, () =>
    document
      .moveTo(whole.left, top)
      .lineTo(right, top)
      .dash(4, { space: 4 })
      .lineWidth(0.75)
      .stroke(colours.ink)
      .undash(),
  );
  const code = { left: right - qrSide, top: top + 14 };
  figure(page, said.qr(ticket.code), [code.left, code.top, right, code.top + qrSide], () =>
    drawQr(document, ticket.mark, { ...code, side: qrSide }),
  );
  // Below the code's own edge, which stands within its quiet zone.
  page.column = { left: code.left + quietZone, width: qrSide - quietZone };
  document.y = code.top + qrSide;
  say(page, 'P', ticket.code, { voice: 'strong', size: 13 });
  page.column = { left: whole.left, width: whole.width - qrSide - gutter };
  document.y = top + 14;
  sayTicket(page, papers, ticket, top + height);
  page.column = whole;
}

/** The words of a ticket, from the largest to the smallest: what does not fit above its end is left to the letter. */
function sayTicket(page: Page, papers: TicketPapers, ticket: PaperTicket, end: number): void {
  const said = words(papers.language).boxoffice.paper;
  const quiet = { size: 8.5, colour: colours.quiet, lineGap: 1 };
  say(page, 'H2', clipped(papers.filmTitle, 70), { voice: 'display', size: 24, lineGap: -3, after: 5 });
  say(page, 'P', papers.when, { voice: 'strong', size: 12, after: 5 });
  const [venue = '', ...address] = papers.where;
  say(page, 'P', clipped(venue, 90), { voice: 'strong', size: 10.5 });
  say(page, 'P', clipped(address.join(', '), 120), { size: 9.5, after: 6 });
  if (ticket.guestName !== null)
    say(page, 'P', `${said.guest}: ${clipped(ticket.guestName, 80)}`, { voice: 'strong', size: 11 });
  say(page, 'P', `${said.type}: ${clipped(ticket.type, 80)}`, { size: 10, after: 6 });
  const smaller = [
    ...(papers.access.length === 0 ? [] : [`${said.access}: ${papers.access.join(', ')}`]),
    said.show,
    papers.refundRule,
  ];
  for (const line of smaller) if (page.document.y + 24 < end) say(page, 'P', line, { ...quiet, after: 2 });
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
