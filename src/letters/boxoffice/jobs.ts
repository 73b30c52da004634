import { handedOnLetter, offerJob, screeningsWithLine, ticketsLetter } from '../../domain/boxoffice/index.ts';
import { films } from '../../domain/film/index.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import type { JobPayload } from '../../platform/jobs/queue.ts';
import type { JobHandlers, Recurring } from '../../platform/jobs/worker.ts';
import type { AttachmentMakers } from '../../platform/mail/attachments.ts';
import type { LetterGround } from '../audience/index.ts';
import { paperKinds, writeHandedOnLetter, writeTicketsLetter } from './letters.ts';
import { type TicketPapers, ticketPapers } from './ticket-papers.ts';
import { ticketsCalendar } from './tickets-calendar.ts';
import { ticketsPdf } from './tickets-pdf.ts';
import { offerAndTell } from './wait-letters.ts';

/** Every minute: places that nobody paid for in time go to those who wait. */
export const boxOfficeRecurring: readonly Recurring[] = [{ name: 'sweep-waitlists', when: '* * * * *' }];

/** The jobs of the box office that write to people. */
export function boxOfficeLetters({ db, clock, publicUrl }: LetterGround): JobHandlers {
  const offer = (filmId: string, screeningId: string) =>
    inFilm(db, filmId, (tx) => offerAndTell(tx, filmId, clock(), { screeningId, publicUrl }));
  return {
    [offerJob]: (payload) => offer(id(payload, 'filmId'), id(payload, 'screeningId')),
    // What came back by the clock alone tells nobody: somebody must look.
    'sweep-waitlists': async () => {
      for (const film of await inInstallation(db, films))
        for (const screeningId of await inFilm(db, film.id, (tx) => screeningsWithLine(tx, film.id)))
          await offer(film.id, screeningId);
    },
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
