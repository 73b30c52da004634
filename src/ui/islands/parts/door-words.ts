import type { DoorReason } from '../../../domain/boxoffice/door-rules.ts';

type Said = { readonly title: string; readonly about: string };

/** What the door is told, large enough for a dark foyer. The team's own pages speak English, and so does its door. */
export const doorWords: Readonly<Record<DoorReason | 'was_cancelled' | 'was_replaced', Said>> = {
  admitted: { title: 'Come in', about: '' },
  not_listed: { title: 'Come in', about: 'Newer than the list on this phone. The signature is good.' },
  already_in: {
    title: 'Already in',
    about: 'Somebody came in with this ticket. Let in only whom you know to be back.',
  },
  no_ticket: {
    title: 'No ticket',
    about: 'This code is none of ours. Ask for the ticket, or look for the name.',
  },
  forged: { title: 'Not genuine', about: 'The code looks like a ticket and was not signed by this film.' },
  other_film: { title: 'Another film', about: 'A ticket, but of another film.' },
  other_screening: { title: 'Another screening', about: 'A ticket of this film for another date or place.' },
  cancelled: { title: 'Cancelled', about: 'This ticket was cancelled or refunded.' },
  replaced: {
    title: 'Handed on',
    about: 'This ticket went to somebody else since. Only the newer one is good.',
  },
  unknown: { title: 'Not on the list', about: 'There is no such ticket for this screening.' },
  was_cancelled: {
    title: 'Let in, was cancelled',
    about: 'The ticket had been cancelled when it was let in.',
  },
  was_replaced: { title: 'Let in, was handed on', about: 'The ticket had gone to somebody else.' },
};

/** How long ago, in minutes or as a time of the day: what one needs to judge a second scan. */
export function sayAgo(at: number, now: number): string {
  const minutes = Math.round((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
  return `at ${new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }).format(at)}`;
}
