import { sql } from 'kysely';
import { csvLines } from '../../platform/csv.ts';
import { type Db, inFilm } from '../../platform/database/database.ts';
import { type InboxFilter, type InboxPage, type InquiryLine, inquiries } from './inquiries.ts';

const fixedColumns = ['code', 'received', 'form', 'state', 'name', 'email', 'assigned to'] as const;
const batchLines = 1_000;

/**
 * The inquiries of a list as CSV, a piece at a time, so that a hundred thousand need no more memory than a
 * thousand. No cell can be read as a formula by a spreadsheet (S8).
 */
export async function* inquiryCsv(db: Db, filmId: string, filter: InboxFilter): AsyncGenerator<string> {
  const names = await inFilm(db, filmId, async (tx) => {
    const { rows } = await sql<{ name: string }>`
      select distinct answer->>'name' as name from inquiry, jsonb_array_elements(answers) answer
       where film_id = ${filmId} and (${filter.form}::text is null or form = ${filter.form}) order by 1`.execute(
      tx,
    );
    return rows.map(({ name }) => name).filter((name) => name !== 'name' && name !== 'email');
  });
  yield csvLines([[...fixedColumns, ...names]]);
  let older: string | null = null;
  for (;;) {
    const place: { older: string } | null = older === null ? null : { older };
    const page: InboxPage = await inFilm(db, filmId, (tx) =>
      inquiries(tx, filmId, filter, place, batchLines),
    );
    const { lines, hasOlder } = page;
    yield csvLines(lines.map((line) => rowOf(line, names)));
    older = lines.at(-1)?.id ?? null;
    if (!hasOlder || older === null) return;
  }
}

function rowOf(line: InquiryLine, names: readonly string[]): string[] {
  const { code, madeAt, formTitle, state, name, address, assignedName, answers } = line;
  const shown = new Map(answers.map((answer) => [answer.name, answer.shown]));
  return [
    code,
    madeAt.toString({ smallestUnit: 'second' }),
    formTitle,
    state,
    name,
    address,
    assignedName ?? '',
    ...names.map((each) => shown.get(each) ?? ''),
  ];
}
