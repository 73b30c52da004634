import { type SelectQueryBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { Line } from './rules.ts';
import './tables.ts';

/** A line with the account's name, as a reader sees it. */
export type NamedLine = Line & { readonly name: string };

/** One group of the journal with its lines. */
export type LedgerGroup = {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly memo: string;
  readonly bookedOn: string;
  readonly postedAt: Temporal.Instant;
  readonly by: string;
  readonly reversesId: string | null;
  readonly reversedById: string | null;
  readonly subjectId: string | null;
  readonly lines: readonly NamedLine[];
};

/** What a journal shows: those of one account, of one kind, of some days. */
export type JournalFilter = {
  readonly account?: string | undefined;
  readonly kind?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** The last group of the page before. */
export type JournalPlace = { readonly bookedOn: string; readonly id: string };

export async function groupById(tx: Tx, filmId: string, id: string): Promise<LedgerGroup | null> {
  const [group] = await withLines(tx, filmId, groups(tx, filmId).where('g.id', '=', id));
  return group ?? null;
}

export async function groupByKey(tx: Tx, filmId: string, key: string): Promise<LedgerGroup | null> {
  const [group] = await withLines(tx, filmId, groups(tx, filmId).where('g.key', '=', key));
  return group ?? null;
}

/** One subject's money from beginning to end: every group about it, in the order of their posting. */
export async function groupsAbout(tx: Tx, filmId: string, subjectId: string): Promise<LedgerGroup[]> {
  return await withLines(
    tx,
    filmId,
    groups(tx, filmId).where('g.subjectId', '=', subjectId).orderBy('g.postedAt').orderBy('g.id'),
  );
}

/** What one account holds for a subject's part: a debit, or less than nothing for a credit. Minor units. */
export type SubjectSum = {
  readonly subjectId: string;
  readonly partId: string | null;
  readonly account: string;
  readonly bookedOn: string;
  readonly currency: string;
  readonly amount: number;
};

/** What accounts hold by subject, part and day: what a report of sales is made of. */
export async function sumsBySubject(
  tx: Tx,
  filmId: string,
  {
    accounts,
    from,
    to,
  }: { readonly accounts: readonly string[]; readonly from?: string; readonly to?: string },
): Promise<SubjectSum[]> {
  let found = tx
    .selectFrom('ledgerEntry as e')
    .innerJoin('ledgerGroup as g', (join) =>
      join.onRef('g.filmId', '=', 'e.filmId').onRef('g.id', '=', 'e.groupId'),
    )
    .innerJoin('ledgerAccount as a', (join) =>
      join.onRef('a.filmId', '=', 'e.filmId').onRef('a.id', '=', 'e.accountId'),
    )
    .where('e.filmId', '=', filmId)
    .where('a.code', 'in', accounts)
    .where('g.subjectId', 'is not', null);
  if (from !== undefined) found = found.where('e.bookedOn', '>=', from);
  if (to !== undefined) found = found.where('e.bookedOn', '<=', to);
  const rows = await found
    .groupBy(['g.subjectId', 'e.partId', 'a.code', 'e.bookedOn', 'e.currency'])
    .select(['g.subjectId', 'e.partId', 'a.code as account', 'e.bookedOn', 'e.currency'])
    .select((it) => it.fn.sum<string>('e.amount').as('amount'))
    .execute();
  return rows.flatMap(({ subjectId, amount, ...row }) =>
    subjectId === null ? [] : [{ ...row, subjectId, amount: Number(amount) }],
  );
}

/** The journal, the newest day first and within a day the latest first; at most `limit` groups. */
export async function journal(
  tx: Tx,
  filmId: string,
  { account, kind, from, to }: JournalFilter,
  place: JournalPlace | null,
  limit: number,
): Promise<LedgerGroup[]> {
  let found = groups(tx, filmId);
  if (kind !== undefined) found = found.where('g.kind', '=', kind);
  if (from !== undefined) found = found.where('g.bookedOn', '>=', from);
  if (to !== undefined) found = found.where('g.bookedOn', '<=', to);
  if (place !== null)
    found = found.where(sql<boolean>`(g.booked_on, g.id) < (${place.bookedOn}::date, ${place.id}::uuid)`);
  if (account !== undefined)
    found = found.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('ledgerEntry as e')
          .innerJoin('ledgerAccount as a', (join) =>
            join.onRef('a.filmId', '=', 'e.filmId').onRef('a.id', '=', 'e.accountId'),
          )
          .select('e.line')
          .whereRef('e.filmId', '=', 'g.filmId')
          .whereRef('e.groupId', '=', 'g.id')
          .where('a.code', '=', account),
      ),
    );
  return await withLines(
    tx,
    filmId,
    found.orderBy('g.bookedOn', 'desc').orderBy('g.id', 'desc').limit(limit),
  );
}

/** The kinds of groups that a film's books hold, for a filter. */
export async function journalKinds(tx: Tx, filmId: string): Promise<string[]> {
  // A loose scan would do; there are a dozen kinds, and the newest groups have them all.
  const rows = await tx
    .selectFrom((from) =>
      from
        .selectFrom('ledgerGroup')
        .select('kind')
        .where('filmId', '=', filmId)
        .orderBy('bookedOn', 'desc')
        .orderBy('id', 'desc')
        .limit(10_000)
        .as('newest'),
    )
    .select('newest.kind')
    .distinct()
    .orderBy('newest.kind')
    .execute();
  return rows.map(({ kind }) => kind);
}

type Groups = SelectQueryBuilder<Tables & { g: Tables['ledgerGroup'] }, 'g', object>;

function groups(tx: Tx, filmId: string): Groups {
  return tx.selectFrom('ledgerGroup as g').where('g.filmId', '=', filmId);
}

async function withLines(tx: Tx, filmId: string, found: Groups): Promise<LedgerGroup[]> {
  const heads = await found
    .leftJoin('ledgerGroup as back', (join) =>
      join.onRef('back.filmId', '=', 'g.filmId').onRef('back.reversesId', '=', 'g.id'),
    )
    .select([
      'g.id',
      'g.key',
      'g.kind',
      'g.memo',
      'g.bookedOn',
      'g.postedAt',
      'g.personName as by',
      'g.reversesId',
      'g.subjectId',
    ])
    .select('back.id as reversedById')
    .execute();
  if (heads.length === 0) return [];
  const lines = await tx
    .selectFrom('ledgerEntry as e')
    .innerJoin('ledgerAccount as a', (join) =>
      join.onRef('a.filmId', '=', 'e.filmId').onRef('a.id', '=', 'e.accountId'),
    )
    .select(['e.groupId', 'a.code as account', 'a.name', 'e.amount', 'e.currency', 'e.partId'])
    .where('e.filmId', '=', filmId)
    .where(
      'e.groupId',
      'in',
      heads.map(({ id }) => id),
    )
    .orderBy('e.groupId')
    .orderBy('e.line')
    .execute();
  const byGroup = Map.groupBy(lines, ({ groupId }) => groupId);
  return heads.map((head) => ({
    ...head,
    lines: (byGroup.get(head.id) ?? []).map(({ groupId: _, ...line }) => line),
  }));
}
