import type { ReactElement } from 'react';
import { type NoticeInList, sayOrderCode } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { Badge, DeskTable, PostButton, When } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

// The newest; who looks for one of more finds the order itself.
const shownMax = 200;

/** What those who were told chose, and whose money is still to be given back. */
export function ChangeAnswers({
  desk,
  screening,
  notices,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly notices: readonly NoticeInList[];
}): ReactElement | null {
  if (notices.length === 0) return null;
  const at = `${desk.base}/screenings/${screening.id}/change/notices`;
  const count = (fits: (notice: NoticeInList) => boolean): number => notices.filter(fits).length;
  const figures = [
    ['Told', count(({ toldAt }) => toldAt !== null)],
    ['Keep', count(({ choice }) => choice === 'keep')],
    ['Exchanged', count(({ choice }) => choice === 'exchange')],
    ['Want their money back', count(({ choice }) => choice === 'refund')],
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
          {
            name: 'Actions',
            kind: 'actions',
            cell: ({ changeId, orderId, choice, settledAt, name }) =>
              choice === 'refund' && settledAt === null ? (
                <PostButton
                  action={`${at}/${changeId}/${orderId}/settlement`}
                  look="link"
                  label={`It is given back to ${name}`}
                >
                  It is given back
                </PostButton>
              ) : null,
          },
        ]}
        empty={null}
      />
    </section>
  );
}

function Choice({ notice: { choice, settledAt } }: { readonly notice: NoticeInList }): ReactElement {
  if (choice === null) return <Badge>No answer yet</Badge>;
  if (choice === 'keep') return <Badge tone="good">Keep</Badge>;
  if (choice === 'exchange') return <Badge tone="good">Exchanged</Badge>;
  return settledAt === null ? <Badge tone="warn">Money back</Badge> : <Badge>Given back</Badge>;
}
