import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { columnIn, flatColumns, flatten, textColumns, unflatten } from './flat-listing.ts';
import { listingsMax, type ScreeningListing, screeningListings } from './listing.ts';

/** What a row cannot be: its line in the file, the column, what was expected there. */
export type CsvProblem = { readonly line: number; readonly column: string; readonly expected: string };

export type CsvRead = {
  readonly listings: readonly ScreeningListing[];
  /** Lines of the rows, in the order of the listings. */
  readonly lines: readonly number[];
  readonly problems: readonly CsvProblem[];
};

/** 10,000 rows of some length, with room. */
export const csvBytesMax = 8 * 1024 * 1024;
// Beyond these nobody reads on: the same mistake stands in every row.
const problemsMax = 200;

/**
 * Reads a spreadsheet's CSV: UTF-8 with or without a mark, UTF-16 with one, Windows-1252 otherwise; commas,
 * semicolons or tabs; any line end. Every row is checked, and every problem has its line and column.
 */
export function readCsv(bytes: Uint8Array, languages: readonly string[]): CsvRead {
  if (bytes.byteLength > csvBytesMax) return refused(1, '', `at most ${csvBytesMax / 1024 / 1024} MB`);
  const text = decode(bytes);
  if (text.trim() === '') return refused(1, '', 'a first line that names the columns');
  const rows = rowsOf(text);
  if (!Array.isArray(rows)) return refused(rows.line, '', rows.expected);
  const [header, ...records] = rows;
  if (header === undefined) return refused(1, '', 'a first line that names the columns');
  const names = header.cells.map((name) => name.trim().toLowerCase());
  const problems = whyNotHeader(names, header.line, languages);
  if (records.length > listingsMax) {
    problems.push({ line: listingsMax + 2, column: '', expected: `at most ${listingsMax} rows` });
  }
  if (problems.length > 0) return { listings: [], lines: [], problems };
  return readRecords(records, columnCase(names, languages), languages);
}

function refused(line: number, column: string, expected: string): CsvRead {
  return { listings: [], lines: [], problems: [{ line, column, expected }] };
}

type Row = { readonly cells: readonly string[]; readonly line: number };

function rowsOf(text: string): Row[] | { line: number; expected: string } {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: 200_000,
      to: listingsMax + 2,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows
      .map(({ record, info }) => ({ cells: record, line: info.lines }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { line, expected: 'a row whose quotes are closed and doubled inside' };
  }
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What stands between the names of the columns. */
function delimiterOf(text: string): string {
  const header = text.slice(0, 4_000).split(/\r|\n/, 1)[0] ?? '';
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).mark;
}

function whyNotHeader(names: readonly string[], line: number, languages: readonly string[]): CsvProblem[] {
  const known = new Set(allColumns(languages).map((name) => name.toLowerCase()));
  const problems: CsvProblem[] = [];
  for (const [at, name] of names.entries()) {
    if (problems.length >= problemsMax) return problems;
    if (name === '') continue;
    if (!known.has(name))
      problems.push({ line, column: name.slice(0, 60), expected: 'a column that we know' });
    if (names.indexOf(name) < at) problems.push({ line, column: name, expected: 'each column once' });
  }
  for (const needed of ['slug', 'kind', 'state', 'starts_at', 'venue', 'timezone']) {
    if (!names.includes(needed)) problems.push({ line, column: needed, expected: 'this column' });
  }
  return problems;
}

/** Every column there may be, the translated ones too. */
export function allColumns(languages: readonly string[]): string[] {
  const [standard = 'en', ...others] = languages;
  return [
    ...flatColumns,
    ...others.flatMap((language) => textColumns.map((column) => columnIn(column, language, standard))),
  ];
}

function columnCase(names: readonly string[], languages: readonly string[]): string[] {
  const known = new Map(allColumns(languages).map((name) => [name.toLowerCase(), name]));
  return names.map((name) => known.get(name) ?? '');
}

function readRecords(
  records: readonly Row[],
  names: readonly string[],
  languages: readonly string[],
): CsvRead {
  const problems: CsvProblem[] = [];
  const listings: ScreeningListing[] = [];
  const lines: number[] = [];
  for (const { cells, line } of records) {
    if (problems.length >= problemsMax) break;
    if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
      problems.push({ line, column: '', expected: `${names.length} cells` });
    }
    const flat: Record<string, string> = {};
    for (const [at, name] of names.entries()) if (name !== '') flat[name] = unguarded(cells[at] ?? '');
    const read = unflatten(flat, languages);
    if (read.ok) {
      listings.push(read.listing);
      lines.push(line);
      continue;
    }
    for (const [column, expected] of Object.entries(read.errors)) problems.push({ line, column, expected });
  }
  if (problems.length === 0) problems.push(...whyNotTogether(listings, lines));
  return { listings, lines, problems: problems.slice(0, problemsMax) };
}

function whyNotTogether(listings: ScreeningListing[], lines: readonly number[]): CsvProblem[] {
  const together = screeningListings.safeParse(listings);
  if (together.success) return [];
  return together.error.issues.map(({ path, message }) => ({
    line: lines[Number(path[0])] ?? 1,
    column: String(path.at(-1) ?? ''),
    expected: message.replace(
      /entry (\d+)/,
      (_, entry: string) => `line ${lines[Number(entry) - 1] ?? entry}`,
    ),
  }));
}

// What spreadsheets take for a formula, in their full-width forms too; apostrophes before it are ours to count.
const guarded = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** An apostrophe before whatever could run: spreadsheets show the words and compute nothing. */
function guard(cell: string): string {
  return guarded.test(cell) ? `'${cell}` : cell;
}

/** An apostrophe that stands before a formula was put there by an export such as ours. */
function unguarded(cell: string): string {
  return cell.startsWith("'") && guarded.test(cell) ? cell.slice(1) : cell;
}

/**
 * Listings as CSV that a spreadsheet opens as they are: UTF-8 with a mark, CR LF, and no cell that could run
 * as a formula. `readCsv` reads the same listings back.
 */
export function writeCsv(listings: readonly ScreeningListing[], languages: readonly string[]): string {
  const rows = listings.map((listing) => flatten(listing, languages));
  const columns = allColumns(languages).filter(
    (column) => !column.includes('.') || rows.some((row) => (row[column] ?? '') !== ''),
  );
  return stringify(
    rows.map((row) => columns.map((column) => guard(row[column] ?? ''))),
    { header: true, columns, bom: true, record_delimiter: '\r\n' },
  );
}
