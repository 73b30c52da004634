import PDFDocument from 'pdfkit';
import type { Temporal } from 'temporal-polyfill';
import type { ListedTicket, TicketSigner } from '../../domain/boxoffice/index.ts';
import { inLanguage, type Text } from '../../domain/film/document/text.ts';
import type { Screening } from '../../domain/screenings/index.ts';
import { sayMoment, sayStart } from '../../ui/dates.ts';
import { collectPdf, universal } from '../../ui/pdf/document.ts';
import { facesFor } from '../../ui/pdf/fonts.ts';
import { paperFor } from '../../ui/pdf/paper-size.ts';
import { artifact, feet, figure, type Page, pageOf, say } from '../../ui/pdf/pdf-page.ts';
import { drawQr } from '../../ui/pdf/qr.ts';

export type DoorListPaper = {
  readonly screening: Screening;
  readonly tickets: readonly ListedTicket[];
  readonly signer: TicketSigner;
  readonly filmTitle: string;
  /** When it was printed: what was sold later is not on it. */
  readonly now: Temporal.Instant;
};

const margin = 40;
const rowHeight = 62;
const qrSide = 58;
const box = 16;
const colours = { ink: '#000000', accent: '#000000', quiet: '#3d3d3d' };
/** A QR code is some four hundred strokes; beyond this a paper is a day's printing, and has codes in words alone. */
const qrsMax = 3_000;

const inEnglish = (text: Text | null): string => inLanguage(text ?? undefined, 'en', 'en');

/** Everybody who may come, by name, with a box to tick; cancelled tickets stand there as such. Tagged, in English. */
export async function doorListPdf(paper: DoorListPaper): Promise<Buffer> {
  const { screening, tickets, filmTitle, now } = paper;
  const sorted = byName(tickets);
  const faces = await facesFor('grotesque', JSON.stringify([filmTitle, sorted.map(({ name }) => name)]));
  const made = new Date(now.epochMilliseconds);
  const title = `Door list · ${filmTitle} · ${inEnglish(screening.venue.name)}`;
  const document = new PDFDocument({
    size: paperFor(screening.venue.country === null ? [] : [screening.venue.country]),
    margins: { top: margin, bottom: 56, left: margin, right: margin },
    pdfVersion: '1.7',
    ...universal,
    tagged: true,
    lang: 'en',
    displayTitle: true,
    bufferPages: true,
    info: { Title: title, Author: filmTitle, CreationDate: made, ModDate: made },
  });
  const bytes = collectPdf(document);
  const page = pageOf(document, faces, colours);
  drawHead(page, paper);
  for (const ticket of sorted) drawRow(page, ticket, paper, sorted.length <= qrsMax);
  feet(page, title, (number, of) => `${number} of ${of}`);
  document.end();
  return await bytes;
}

function byName(tickets: readonly ListedTicket[]): ListedTicket[] {
  const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  return tickets.toSorted((one, other) => compare(one.name, other.name) || compare(one.code, other.code));
}

function drawHead(page: Page, { screening, tickets, filmTitle, now }: DoorListPaper): void {
  const { venue } = screening;
  const good = tickets.filter(({ isCancelled }) => !isCancelled);
  const kinds = Map.groupBy(good, ({ typeName }) => inEnglish(typeName));
  const totals = [...kinds].map(([kind, { length }]) => `${kind}: ${length}`);
  const gone = tickets.length - good.length;
  say(page, 'H1', `${filmTitle}: door list`, { voice: 'display', size: 24, after: 2 });
  say(page, 'P', [inEnglish(venue.name), inEnglish(venue.city)].filter(Boolean).join(', '), { size: 11 });
  say(page, 'P', sayStart(screening, 'en'), { voice: 'strong', size: 11, after: 4 });
  say(page, 'P', `${good.length} may come in${gone === 0 ? '' : `, ${gone} cancelled`}`, {
    ...{ voice: 'strong', size: 13 },
  });
  say(page, 'P', totals.join(' · '), { size: 10 });
  say(page, 'P', `As of ${sayMoment(now, venue.timezone, 'en')}. What was sold later is not on this paper.`, {
    ...{ size: 9, colour: colours.quiet, after: 8 },
  });
}

function drawRow(page: Page, ticket: ListedTicket, { screening, signer }: DoorListPaper, hasQr: boolean) {
  const { document, whole } = page;
  const height = hasQr ? rowHeight : 30;
  if (document.y + height > document.page.height - document.page.margins.bottom) document.addPage();
  const top = document.y;
  const right = whole.left + whole.width;
  artifact(page, () => {
    document.moveTo(whole.left, top).lineTo(right, top).lineWidth(0.5).stroke(colours.quiet);
    if (!ticket.isCancelled)
      document
        .rect(whole.left, top + 8, box, box)
        .lineWidth(1.25)
        .stroke(colours.ink);
  });
  if (hasQr && !ticket.isCancelled) {
    const { id, generation, code } = ticket;
    const at = { left: right - qrSide, top: top + 2 };
    figure(page, `QR code of ${code}`, [at.left, at.top, right, at.top + qrSide], () =>
      drawQr(document, signer.sign({ id, screeningId: screening.id, generation }), { ...at, side: qrSide }),
    );
  }
  document.y = top + 7;
  page.column = { left: whole.left + box + 12, width: whole.width - box - 12 - (hasQr ? qrSide + 12 : 0) };
  const name = ticket.name === '' ? 'No name' : ticket.name;
  say(page, 'P', name.length > 70 ? `${name.slice(0, 69)}…` : name, { voice: 'strong', size: 11 });
  const state = ticket.isCancelled ? ' · CANCELLED' : '';
  say(page, 'P', `${ticket.code} · ${inEnglish(ticket.typeName).slice(0, 60)}${state}`, { size: 9.5 });
  page.column = whole;
  document.y = top + height;
}
