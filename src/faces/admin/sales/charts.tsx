import type { ReactElement } from 'react';
import type { SalesRow } from '../../../domain/boxoffice/index.ts';
import { sayLooseDate } from '../../../ui/dates.ts';
import { sayMoney } from '../../../ui/money.ts';

// The drawing's own units; it is stretched to the width there is, and its lines are not.
const [width, height] = [600, 160];

type Point = { readonly day: string; readonly tickets: number };

/** How tickets came to be, day by day, up to how many there are; where there is one room, beside its places. */
export function SalesOverTime({
  rows,
  places,
}: {
  readonly rows: readonly SalesRow[];
  readonly places: number | null;
}): ReactElement | null {
  const points = cumulative(rows);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || last.tickets === 0) return null;
  const most = Math.max(last.tickets, places ?? 0);
  const start = Date.parse(first.day);
  const span = Math.max(Date.parse(last.day) - start, 86_400_000);
  const x = (day: string): number => Math.round(((Date.parse(day) - start) / span) * width);
  const y = (tickets: number): number => Math.round(height - (tickets / most) * height);
  // A day's sale stands from that day on: a stair, not a slope that nobody walked.
  const stair = points.map(({ day, tickets }) => `H${x(day)}V${y(tickets)}`).join('');
  return (
    <figure className="chart">
      <figcaption>
        {places === null
          ? `Tickets over time: ${last.tickets.toLocaleString('en')}`
          : `Tickets over time: ${last.tickets.toLocaleString('en')} of ${places.toLocaleString('en')} places`}
      </figcaption>
      <svg
        className="chart-drawing"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="chart-area" d={`M0 ${height}${stair}H${width}V${height}Z`} />
        <path className="chart-line" d={`M0 ${height}${stair}H${width}`} />
        {places === null ? null : <path className="chart-limit" d={`M0 ${y(places)}H${width}`} />}
      </svg>
      <p className="chart-ends">
        <span>{sayLooseDate(first.day, 'en')}</span>
        <span>{sayLooseDate(last.day, 'en')}</span>
      </p>
    </figure>
  );
}

function cumulative(rows: readonly SalesRow[]): Point[] {
  const byDay = new Map<string, number>();
  for (const { key, tickets } of rows) if (key !== null) byDay.set(key, (byDay.get(key) ?? 0) + tickets);
  let sum = 0;
  return [...byDay]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([day, tickets]) => {
      sum += tickets;
      return { day, tickets: sum };
    });
}

type Total = Pick<SalesRow, 'income' | 'fees' | 'shares' | 'currency'>;

/** Where the money of the tickets went, of each hundred. */
export function WhereItWent({ total }: { readonly total: Total }): ReactElement | null {
  const { income, fees, shares, currency } = total;
  const left = income - fees - shares;
  if (income <= 0 || left < 0) return null;
  const parts = [
    { name: 'Left with the film', amount: left, look: 'chart-left' },
    { name: 'Shares of hosts and partners', amount: shares, look: 'chart-shares' },
    { name: 'Processing fees', amount: fees, look: 'chart-fees' },
  ].filter(({ amount }) => amount > 0);
  const percent = (amount: number): number => (amount / income) * 100;
  let at = 0;
  const bars = parts.map(({ name, amount, look }) => {
    const bar = <rect key={name} className={look} x={`${at}%`} width={`${percent(amount)}%`} height="100%" />;
    at += percent(amount);
    return bar;
  });
  return (
    <figure className="chart">
      <figcaption>Where {sayMoney(income, currency)} of ticket income went</figcaption>
      <svg className="chart-bar" aria-hidden="true">
        {bars}
      </svg>
      <ul className="chart-parts">
        {parts.map(({ name, amount, look }) => (
          <li key={name}>
            <svg className="chart-mark" aria-hidden="true">
              <rect className={look} width="100%" height="100%" />
            </svg>
            {name}: <strong>{sayMoney(amount, currency)}</strong>{' '}
            <span className="quiet">{percent(amount).toFixed(1)} %</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
