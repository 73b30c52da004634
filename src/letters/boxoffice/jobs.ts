import { handedOnLetter, ticketsLetter } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers } from '../../platform/jobs/worker.ts';
import type { AttachmentMakers } from '../../platform/mail/attachments.ts';
import type { LetterGround } from '../audience/index.ts';
import { paperKinds, writeHandedOnLetter, writeTicketsLetter } from './letters.ts';
import { type TicketPapers, ticketPapers } from './ticket-papers.ts';
import { ticketsCalendar } from './tickets-calendar.ts';
import { ticketsPdf } from './tickets-pdf.ts';

/** The jobs of the box office that write to people. */
export function boxOfficeLetters({ db, clock, publicUrl }: LetterGround): JobHandlers {
  return {
    [ticketsLetter]: async (payload) => {
      const [filmId, orderId] = [id(payload, 'filmId'), id(payload, 'orderId')];
      const number = numberOf(payload);
      await inFilm(db, filmId, (tx) =>
        writeTicketsLetter(tx, filmId, clock(), { orderId, number, publicUrl }),
      );
    },
    [handedOnLetter]: async (payload) => {
      const [filmId, orderId] = [id(payload, 'filmId'), id(payload, 'orderId')];
      const which = { orderId, ticketId: id(payload, 'ticketId'), number: numberOf(payload) };
      await inFilm(db, filmId, (tx) => writeHandedOnLetter(tx, filmId, clock(), which));
    },
  };
}

/** Draws what goes with those mails, from what is true when they are sent. */
export function boxOfficePapers({ db, clock, publicUrl }: LetterGround): AttachmentMakers {
  const papers = async (filmId: string, of: Readonly<Record<string, string>>): Promise<TicketPapers> => {
    const { orderId = '', ticketId = null } = of;
    const found = await inFilm(db, filmId, (tx) => ticketPapers(tx, filmId, clock(), { orderId, ticketId }));
    if (found === null) throw new Error('an order has no papers');
    return found;
  };
  return {
    [paperKinds.tickets]: async (filmId, of) => ticketsPdf(await papers(filmId, of)),
    [paperKinds.calendar]: async (filmId, of) =>
      Buffer.from(ticketsCalendar(await papers(filmId, of), publicUrl)),
  };
}

function id(payload: JobPayload, name: string): string {
  const value = payload[name];
  if (typeof value !== 'string') throw new TypeError(`a job without ${name}`);
  return value;
}

const numberOf = ({ number }: JobPayload): number => (typeof number === 'number' ? number : 0);
