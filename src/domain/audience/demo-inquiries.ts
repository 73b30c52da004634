import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { v7 } from 'uuid';
import type { Tx } from '../../platform/database/database.ts';
import type { Answer } from './forms.ts';
import { contentKey, searchText } from './submission.ts';
import './tables.ts';

/** What generated inquiries are made of, so that a search has something to find. */
const names = 'Ada Bea Cleo Dolores Emeka Farah Goran Hana Ines Jomo Keiko Luz Mina Noor Otis Priya'.split(
  ' ',
);
const groups = 'library union church campus cinema museum school council collective festival guild'.split(
  ' ',
);
const places = 'Austin Boise Chicago Denver Erie Fresno Gary Houston Ithaca Juneau Knoxville Laredo'.split(
  ' ',
);
const forms = ['host', 'partner', 'press', 'education', 'general'] as const;
const states = ['new', 'new', 'open', 'answered', 'closed', 'spam'] as const;

// A row has some 20 values, and a statement takes 65,535.
const batchRows = 1_500;
const usualDays = 400;

/**
 * Adds generated inquiries to a film, no two alike, from people at example.org; sends and tells nothing.
 * @param days from how far back they come
 */
export async function addDemoInquiries(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  count: number,
  days: number = usualDays,
): Promise<void> {
  const already = await tx
    .selectFrom('inquiry')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .executeTakeFirstOrThrow();
  for (let from = 0; from < count; from += batchRows) {
    const rows = Array.from({ length: Math.min(batchRows, count - from) }, (_, at) =>
      demoInquiry(filmId, now, from + at, { count, days, already: already.count }),
    );
    await tx
      .insertInto('contact')
      .values(rows.map(({ contact }) => contact))
      .execute();
    await tx
      .insertInto('inquiry')
      .values(rows.map(({ inquiry }) => inquiry))
      .execute();
  }
}

function demoInquiry(
  filmId: string,
  now: Temporal.Instant,
  at: number,
  { count, days, already }: { readonly count: number; readonly days: number; readonly already: number },
) {
  const madeAt = now.subtract({ minutes: Math.round(((count - at) / count) * days * 24 * 60) });
  const number = already + at;
  // 11 groups and 12 places share no factor, so every pairing comes.
  const pick = <T>(list: readonly T[], step: number): T => list[(number * step) % list.length] as T;
  const name = `${pick(names, 3)} Demo ${number}`;
  const address = `demo-${number}@example.org`;
  const message = `Generated: our ${pick(groups, 7)} in ${pick(places, 5)} would like to show the film to ${20 + (number % 180)} people.`;
  const answers: Answer[] = [
    { name: 'name', label: 'Your name', kind: 'text', value: name, shown: name },
    { name: 'email', label: 'E-mail', kind: 'email', value: address, shown: address },
    { name: 'message', label: 'Message', kind: 'textarea', value: message, shown: message },
  ];
  const form = pick(forms, 3);
  // Eight characters, as every inquiry's code has.
  const [code, contactId] = [`D${String(number).padStart(7, '0')}`, idAt(madeAt)];
  const text = searchText([code, form, ...answers.map(({ shown }) => shown)]);
  return {
    contact: { filmId, id: contactId, address, name, language: 'en', madeAt },
    inquiry: {
      filmId,
      id: idAt(madeAt),
      code,
      form,
      formTitle: form,
      language: 'en',
      contactId,
      name,
      address,
      answers: JSON.stringify(answers),
      page: 'https://example.org/demo',
      contentKey: contentKey(form, answers),
      networkHash: null,
      state: pick(states, 5),
      assignedTo: null,
      assignedName: null,
      madeAt,
      changedAt: madeAt,
      search: sql<string>`inquiry_search(${filmId}::uuid, ${text})`,
    },
  };
}

/** An id of that moment: the inbox is read in the order of ids. */
function idAt(moment: Temporal.Instant): string {
  return v7({ msecs: moment.epochMilliseconds });
}
