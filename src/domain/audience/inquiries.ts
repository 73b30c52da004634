import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { Answer } from './forms.ts';
import { searchWords } from './submission.ts';
import type { InquiryState } from './tables.ts';
import './tables.ts';

/** Which inquiries a list shows. null: all of that kind. */
export type InboxFilter = {
  readonly states: readonly InquiryState[] | null;
  readonly form: string | null;
  /** A person's id; '' for what nobody has. */
  readonly assignedTo: string | null;
  readonly search: string;
};

/** Where in the list, newest first: after which inquiry one looks for older or newer ones. */
export type InboxPlace = { readonly older: string } | { readonly newer: string } | null;

export type InquiryLine = {
  readonly id: string;
  readonly code: string;
  readonly form: string;
  readonly formTitle: string;
  readonly name: string;
  readonly address: string;
  readonly state: InquiryState;
  readonly version: number;
  readonly assignedName: string | null;
  readonly madeAt: Temporal.Instant;
  readonly answers: readonly Answer[];
};

export type InboxPage = {
  readonly lines: readonly InquiryLine[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
};

export const inboxPageLines = 50;

const lineColumns = [
  'id',
  'code',
  'form',
  'formTitle',
  'name',
  'address',
  'state',
  'version',
  'assignedName',
  'madeAt',
  'answers',
] as const;

/** A page of the inbox, newest first, by where the last page ended and never by counting. */
export async function inquiries(
  tx: Tx,
  filmId: string,
  filter: InboxFilter,
  place: InboxPlace = null,
  linesMax = inboxPageLines,
): Promise<InboxPage> {
  const isNewer = place !== null && 'newer' in place;
  const from = place === null ? null : 'newer' in place ? place.newer : place.older;
  const found = await foundInquiries(tx, filmId, filter, from, isNewer, linesMax + 1);
  const hasMore = found.length > linesMax;
  const lines = found.slice(0, linesMax);
  if (isNewer) lines.reverse();
  return isNewer
    ? { lines, hasNewer: hasMore, hasOlder: true }
    : { lines, hasNewer: place !== null, hasOlder: hasMore };
}

async function foundInquiries(
  tx: Tx,
  filmId: string,
  { states, form, assignedTo, search }: InboxFilter,
  from: string | null,
  isNewer: boolean,
  linesMax: number,
): Promise<InquiryLine[]> {
  let query = tx
    .selectFrom('inquiry')
    .select(lineColumns)
    .where('filmId', '=', filmId)
    .orderBy('id', isNewer ? 'asc' : 'desc')
    .limit(linesMax);
  const words = searchWords(search);
  if (words.length > 0) {
    // Row-level security keeps a text search from using its index; the function is held to this film itself.
    const asked = words.map((word) => `${word}:*`).join(' & ');
    query = query.where(
      'id',
      'in',
      sql<string>`(select find_inquiries(${asked}, ${states}::text[], ${form}, ${assignedTo},
                                         ${from}::uuid, ${isNewer}, ${linesMax}))`,
    );
    return await query.execute();
  }
  if (search.trim() !== '') return [];
  if (states !== null) query = query.where('state', 'in', states);
  if (form !== null) query = query.where('form', '=', form);
  if (assignedTo === '') query = query.where('assignedTo', 'is', null);
  else if (assignedTo !== null) query = query.where('assignedTo', '=', assignedTo);
  if (from !== null) query = query.where('id', isNewer ? '>' : '<', from);
  return await query.execute();
}

/** What waits for the team: `unread` was opened by nobody, `open` was read and not yet answered. */
export async function openInquiryCounts(
  tx: Tx,
  filmId: string,
): Promise<{ readonly unread: number; readonly open: number; readonly oldest: Temporal.Instant | null }> {
  const counted = await tx
    .selectFrom('inquiry')
    .select((build) => [
      build.fn.countAll<number>().filterWhere('state', '=', 'new').as('unread'),
      build.fn.countAll<number>().filterWhere('state', '=', 'open').as('open'),
      build.fn.min('madeAt').as('oldest'),
    ])
    .where('filmId', '=', filmId)
    .where('state', 'in', ['new', 'open'])
    .executeTakeFirstOrThrow();
  return counted;
}

/** The forms that people have filled in, with the title that the newest one had. */
export async function inquiryForms(tx: Tx, filmId: string): Promise<{ form: string; title: string }[]> {
  // A loose index scan: one probe a form instead of a read of every inquiry.
  const { rows } = await sql<{ form: string; title: string }>`
    with recursive seen as (
      (select form, form_title from inquiry where film_id = ${filmId} order by form, id desc limit 1)
      union all
      select next.form, next.form_title from seen cross join lateral (
        select form, form_title from inquiry
         where film_id = ${filmId} and form > seen.form order by form, id desc limit 1) next
    )
    select form, form_title as title from seen`.execute(tx);
  return rows;
}
