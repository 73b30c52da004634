import { z } from 'zod';
import type { InboxFilter, InboxPlace, InquiryState } from '../../../domain/audience/index.ts';

/** The tabs of the inbox, each a set of states. */
export const views = {
  waiting: { label: 'Waiting', states: ['new', 'open'] },
  answered: { label: 'Answered', states: ['answered'] },
  closed: { label: 'Closed', states: ['closed'] },
  spam: { label: 'Spam', states: ['spam'] },
  all: { label: 'All', states: null },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly states: readonly InquiryState[] | null }>
>;
export type View = keyof typeof views;
export const viewNames = ['waiting', 'answered', 'closed', 'spam', 'all'] as const satisfies readonly View[];

/** Words and looks of a state. */
export const stateLooks: Readonly<
  Record<InquiryState, { readonly label: string; readonly tone: 'good' | 'warn' | 'bad' | 'plain' }>
> = {
  new: { label: 'New', tone: 'warn' },
  open: { label: 'Open', tone: 'plain' },
  answered: { label: 'Answered', tone: 'good' },
  closed: { label: 'Closed', tone: 'plain' },
  spam: { label: 'Spam', tone: 'bad' },
};

const optional = z.literal('');
const noNull = z
  .string()
  .max(400)
  // PostgreSQL holds no NUL, and no name of a form or a person has one.
  .transform((value) => value.replaceAll('\u0000', ''));

/** What the inbox's address says; anything else that it says is not asked for. */
export const inboxQuery = z.object({
  view: z.enum(viewNames).default('waiting'),
  form: z.union([optional, z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)]).default(''),
  who: z.union([optional, z.enum(['me', 'nobody']), z.uuid()]).default(''),
  search: noNull.default(''),
  older: z.union([optional, z.uuid()]).default(''),
  newer: z.union([optional, z.uuid()]).default(''),
});
export type InboxQuery = z.output<typeof inboxQuery>;

/** The filter that an address means to the person who opened it. */
export function filterOf({ view, form, who, search }: InboxQuery, personId: string): InboxFilter {
  return {
    states: views[view].states,
    form: form === '' ? null : form,
    assignedTo: who === '' ? null : who === 'nobody' ? '' : who === 'me' ? personId : who,
    search: search.trim(),
  };
}

export function placeOf({ older, newer }: InboxQuery): InboxPlace {
  return newer === '' ? (older === '' ? null : { older }) : { newer };
}

/** The address of another view of the same list. */
export function inboxHref(
  base: string,
  query: InboxQuery,
  change: Partial<InboxQuery>,
  path = '/inbox',
): string {
  const wanted = { ...query, older: '', newer: '', ...change };
  const said = Object.entries(wanted).filter(
    ([name, value]) => value !== '' && !(name === 'view' && value === 'waiting'),
  );
  const search = new URLSearchParams(said.map(([name, value]) => [name, value]));
  return search.size === 0 ? base + path : `${base}${path}?${search}`;
}
