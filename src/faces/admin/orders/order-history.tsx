import type { ReactElement } from 'react';
import { When } from '../../../ui/admin/index.ts';
import { actionWords, detailWords } from '../audit/action-words.ts';
import type { Desk } from '../desk.ts';
import type { WholeOrder } from './order-page.tsx';

type Event = { readonly key: string; readonly at: Desk['now']; readonly words: string; readonly by: string };

const happened = (key: string, at: Desk['now'] | null, words: string): Event[] =>
  at === null ? [] : [{ key, at, words, by: '' }];

/** What happened to an order, the latest first. */
export function OrderHistory({
  desk,
  whole: { order, history },
}: {
  readonly desk: Desk;
  readonly whole: WholeOrder;
}): ReactElement {
  const told: Event[] = history.map(({ id, at, action, details, personName }) => ({
    ...{ key: id, at, by: personName },
    words: [actionWords(action), detailWords(details)].filter((part) => part !== '').join(': '),
  }));
  const own: Event[] = [
    ...happened('cancelled', order.cancelledAt, 'Cancelled'),
    ...happened('confirmed', order.confirmedAt, 'Confirmed: tickets were given'),
    ...happened('made', order.madeAt, 'Places were set aside'),
  ];
  const all = [...told, ...own].sort((one, other) => other.at.epochMilliseconds - one.at.epochMilliseconds);
  return (
    <section className="desk-section">
      <h2>History</h2>
      <ol className="order-history">
        {all.map(({ key, at, words, by }) => (
          <li key={key}>
            <span>
              {words}
              {by === '' ? '' : `, by ${by}`}
            </span>
            <span className="quiet">
              <When at={at} now={desk.now} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
