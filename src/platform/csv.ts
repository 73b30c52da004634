import { stringify } from 'csv-stringify/sync';

/** Rows as CSV (RFC 4180) in which no cell can be read as a formula by a spreadsheet (S8). */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(withoutFormula)),
    { record_delimiter: 'windows' },
  );
}

/** A leading quote keeps = + - @ tab and return (and their full-width twins) from starting a formula. */
function withoutFormula(cell: string): string {
  return /^[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
}
