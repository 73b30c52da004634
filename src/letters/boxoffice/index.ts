export { doorListPdf } from './door-list-pdf.ts';
export { boxOfficeLetters, boxOfficePapers, boxOfficeRecurring } from './jobs.ts';
export { type PaperTicket, type TicketPapers, ticketPapers } from './ticket-papers.ts';
export { ticketsCalendar } from './tickets-calendar.ts';
export { ticketsPdf } from './tickets-pdf.ts';
export { writeWaitJoined } from './wait-letters.ts';
