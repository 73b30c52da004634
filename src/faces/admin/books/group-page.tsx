import type { ReactElement } from 'react';
import type { LedgerGroup } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/index.ts';
import { DeskPage, Facts, type NoticeWords, PostButton, When } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { Day, Lines } from './parts.tsx';
import { groupWords } from './words.ts';

export type GroupPageProps = {
  readonly desk: Desk;
  readonly group: LedgerGroup;
  readonly notice: NoticeWords | null;
};

/** One fact of money: its entries, who posted it, and what took it back. */
export function GroupPage({ desk, group, notice }: GroupPageProps): ReactElement {
  const { id, kind, memo, bookedOn, postedAt, by, reversesId, reversedById } = group;
  const linkTo = (other: string, words: string): ReactElement => (
    <a href={`${desk.base}/books/groups/${other}`}>{words}</a>
  );
  const canReverse = kind === 'manual' && reversedById === null && may(desk.role, 'books.post');
  return (
    <DeskPage
      desk={desk}
      title={memo || groupWords(kind)}
      about="Debit is where the money went, credit where it came from."
      from={{ href: `${desk.base}/books/journal`, label: 'Journal' }}
      notice={notice}
    >
      <Facts
        facts={[
          ['Kind', groupWords(kind)],
          ['Day', <Day key="day" day={bookedOn} />],
          [
            'Posted',
            <span key="posted">
              <When at={postedAt} now={desk.now} /> by {by}
            </span>,
          ],
          ...(reversesId === null ? [] : [['Takes back', linkTo(reversesId, 'An earlier entry')] as const]),
          ...(reversedById === null
            ? []
            : [['Taken back', linkTo(reversedById, 'By a later entry')] as const]),
        ]}
      />
      <Lines desk={desk} lines={group.lines} />
      {canReverse ? (
        <div className="desk-section">
          <p>
            Was it wrong? Take it back, and enter it anew. This entry stays in the journal, and beside it
            stands one of today that undoes it.
          </p>
          <PostButton action={`${desk.base}/books/groups/${id}/reversal`}>Take it back</PostButton>
        </div>
      ) : null}
    </DeskPage>
  );
}
