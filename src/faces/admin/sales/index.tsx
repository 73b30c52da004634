import { availabilityOf, salesReport, screeningsWithTypes } from '../../../domain/boxoffice/index.ts';
import { filmMoney, latestRevision, ownFirst } from '../../../domain/film/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import { type Screening, screeningById } from '../../../domain/screenings/index.ts';
import { csvLines } from '../../../platform/csv.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { asked } from '../books/views.ts';
import { csvOf } from '../csv-answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { type LabelledRow, labelled } from './labels.ts';
import { SalesPage, type SalesPageProps } from './sales-page.tsx';
import { type SalesQuery, salesQuery, viewWords } from './views.ts';

// A list that is longer than this is searched, not read.
const screeningsMax = 200;

/** Reports of sales: by screening, type, day, code, referral and channel, as a page and as CSV. */
export function addSalesDesk(app: DeskApp, house: House): void {
  app.get('/sales', allow('sales.read'), async (c) => {
    const view = asked(c, salesQuery);
    const { desk } = c.var;
    const found = await inFilm(house.db, desk.film.id, (tx) => reported(tx, desk, view));
    return answer(c, <SalesPage desk={desk} view={view} {...found} />);
  });
  app.get('/sales/export.csv', allow('sales.read'), async (c) => {
    const view = asked(c, salesQuery);
    const { desk } = c.var;
    const { rows, others } = await inFilm(house.db, desk.film.id, (tx) => reported(tx, desk, view));
    return csvOf(c, `sales-by-${view.by}`, [csvOfRows(view, rows, others)]);
  });
}

type Reported = Omit<SalesPageProps, 'desk' | 'view'>;

async function reported(tx: Tx, { film, now }: Desk, view: SalesQuery): Promise<Reported> {
  const filter = { screeningId: view.screening || null, from: view.from || null, to: view.to || null };
  const zone = (await latestRevision(tx, film.id))?.document.film.timezone ?? 'UTC';
  const { currency } = await filmMoney(tx, film.id, now);
  const found = await salesReport(tx, film.id, view.by, filter, zone);
  const others = ownFirst(found.others, currency);
  const { rows } = found;
  const byDay = view.by === 'day' ? rows : (await salesReport(tx, film.id, 'day', filter, zone)).rows;
  const house = filter.screeningId && (await availabilityOf(tx, film.id, filter.screeningId, now));
  return {
    rows: ownFirst(await labelled(tx, film.id, view.by, rows), currency),
    others,
    byDay,
    screenings: await sellingScreenings(tx, film.id),
    places: house ? house.places : null,
  };
}

async function sellingScreenings(tx: Tx, filmId: string): Promise<Screening[]> {
  const found = [];
  for (const id of (await screeningsWithTypes(tx, filmId)).slice(0, screeningsMax))
    found.push(await screeningById(tx, filmId, id));
  return found
    .filter((screening) => screening !== null)
    .sort((one, other) => other.startsAt.epochMilliseconds - one.startsAt.epochMilliseconds);
}

function csvOfRows(view: SalesQuery, rows: readonly LabelledRow[], others: Reported['others']): string {
  const head = ['tickets', 'currency', 'ticket income', 'fees', 'shares', 'fund: gifts less grants'];
  const money = ({ income, fees, shares, gifts, currency }: Reported['others'][number]): string[] => [
    ...[currency, ...[income, fees, shares, gifts].map((amount) => plainAmount(amount, currency))],
  ];
  return csvLines([
    [viewWords[view.by].toLowerCase(), ...head],
    ...rows.map((row) => [row.label, String(row.tickets), ...money(row)]),
    ...others.map((sums) => ['Not of orders', '', ...money(sums)]),
  ]);
}
