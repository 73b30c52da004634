import { codeById, type SalesRow, type SalesView, ticketTypesOf } from '../../../domain/boxoffice/index.ts';
import { plainText, type Screening, screeningById } from '../../../domain/screenings/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { screeningWords } from '../boxoffice/parts.tsx';
import { channelWords } from '../orders/words.ts';

/** A row with what it is called, and where its name leads; null: nowhere. */
export type LabelledRow = SalesRow & { readonly label: string; readonly href: string | null };

const noneWords: Readonly<Record<SalesView, string>> = {
  screening: 'No screening',
  type: 'Fees, shares and gifts, which are of whole orders',
  day: 'No day',
  code: 'No code',
  referral: 'Nobody: they came by themselves',
  channel: 'Nowhere',
};

/** Rows with their names, in the order in which one reads them: days as they went, the rest by what they brought. */
export async function labelled(
  tx: Tx,
  filmId: string,
  view: SalesView,
  rows: readonly SalesRow[],
): Promise<LabelledRow[]> {
  const namesOf = await namer(tx, filmId, view, rows);
  const all = rows.map((row) => ({ ...row, ...namesOf(row.key) }));
  return all.sort((one, other) => {
    if (one.currency !== other.currency) return one.currency < other.currency ? -1 : 1;
    if (view === 'day') return (one.key ?? '') < (other.key ?? '') ? -1 : 1;
    return other.income - one.income || (one.label < other.label ? -1 : 1);
  });
}

type Named = { readonly label: string; readonly href: string | null };

async function namer(
  tx: Tx,
  filmId: string,
  view: SalesView,
  rows: readonly SalesRow[],
): Promise<(key: string | null) => Named> {
  const keys = [...new Set(rows.flatMap(({ key }) => key ?? []))];
  const known = new Map<string, Named>();
  if (view === 'screening')
    for (const [id, screening] of await screeningsOf(tx, filmId, keys))
      known.set(id, { label: screeningWords(screening), href: `/screenings/${id}/tickets` });
  if (view === 'type')
    for (const [id, label] of await typeNames(tx, filmId, keys)) known.set(id, { label, href: null });
  if (view === 'code')
    for (const id of keys) {
      const code = await codeById(tx, filmId, id);
      if (code) known.set(id, { label: code.word, href: `/codes/${id}` });
    }
  if (view === 'channel')
    for (const [key, label] of Object.entries(channelWords)) known.set(key, { label, href: null });
  return (key) => {
    if (key === null) return { label: noneWords[view], href: null };
    return known.get(key) ?? { label: key, href: null };
  };
}

async function screeningsOf(tx: Tx, filmId: string, ids: readonly string[]): Promise<Map<string, Screening>> {
  const found = new Map<string, Screening>();
  for (const id of ids) {
    const screening = await screeningById(tx, filmId, id);
    if (screening) found.set(id, screening);
  }
  return found;
}

async function typeNames(tx: Tx, filmId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const types = await ticketTypesOf(tx, filmId, null);
  const wanted = types.filter(({ id }) => ids.includes(id));
  const nights = await screeningsOf(tx, filmId, [...new Set(wanted.map(({ screeningId }) => screeningId))]);
  return new Map(
    wanted.map(({ id, name, screeningId }) => {
      const screening = nights.get(screeningId);
      const where = nights.size > 1 && screening ? `, ${screeningWords(screening)}` : '';
      return [id, plainText(name) + where];
    }),
  );
}
