export { boxOfficeLetters, boxOfficePapers } from './jobs.ts';
export { type PaperTicket, type TicketPapers, ticketPapers } from './ticket-papers.ts';
export { ticketsCalendar } from './tickets-calendar.ts';
export { ticketsPdf } from './tickets-pdf.ts';
