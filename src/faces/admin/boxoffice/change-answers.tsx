import type { ReactElement } from 'react';
import { type NoticeInList, sayOrderCode } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { Badge, DeskTable, When } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

// The newest; who looks for one of more finds the order itself.
const shownMax = 200;

/** What those who were told chose; how far money is on its way back stands on each order's page. */
export function ChangeAnswers({
  desk,
  notices,
}: {
  readonly desk: Desk;
  readonly notices: readonly NoticeInList[];
}): ReactElement | null {
  if (notices.length === 0) return null;
  const count = (fits: (notice: NoticeInList) => boolean): number => notices.filter(fits).length;
  const figures = [
    ['Told', count(({ toldAt }) => toldAt !== null)],
    ['Keep', count(({ choice }) => choice === 'keep')],
    ['Exchanged', count(({ choice }) => choice === 'exchange')],
    ['Given back', count(({ choice }) => choice === 'refund')],
    ['No answer yet', count(({ choice }) => choice === null)],
  ] as const;
  return (
    <section className="desk-section">
      <h2>What they chose</h2>
      <dl className="books-sums">
        {figures.map(([name, figure]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      <DeskTable
        caption="Orders that were told"
        rows={notices.slice(0, shownMax)}
        keyOf={({ changeId, orderId }) => `${changeId} ${orderId}`}
        columns={[
          {
            name: 'Order',
            kind: 'lead',
            cell: ({ orderId, code, name }) => (
              <>
                {may(desk.role, 'orders.read') ? <a href={`${desk.base}/orders/${orderId}`}>{name}</a> : name}
                <span className="desk-under">{sayOrderCode(code)}</span>
              </>
            ),
          },
          {
            name: 'Told',
            cell: ({ toldAt, address }) => {
              if (toldAt !== null) return <When at={toldAt} now={desk.now} />;
              return address === null ? 'No address' : 'On its way';
            },
          },
          { name: 'Chose', cell: (notice) => <Choice notice={notice} /> },
        ]}
        empty={null}
      />
    </section>
  );
}

function Choice({ notice: { choice } }: { readonly notice: NoticeInList }): ReactElement {
  if (choice === null) return <Badge>No answer yet</Badge>;
  if (choice === 'keep') return <Badge tone="good">Keep</Badge>;
  if (choice === 'exchange') return <Badge tone="good">Exchanged</Badge>;
  return <Badge>Given back</Badge>;
}
