import type { ReactElement } from 'react';
import { DeskPage, type DeskPlace, EmptyState, PostButton } from '../../../../ui/admin/index.ts';
import type { ChangeGroup } from '../words-of-changes.ts';
import { ChangeList } from './change-list.tsx';
import { DraftBar, type DraftState } from './draft-bar.tsx';

type Side = { readonly number: number; readonly who: string; readonly made: string };

/** What changed between two revisions, part by part. */
export function ComparePage({
  desk,
  draft,
  before,
  after,
  groups,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly before: Side;
  readonly after: Side;
  readonly groups: readonly ChangeGroup[];
}): ReactElement {
  const fields = { number: String(after.number) };
  return (
    <DeskPage
      desk={desk}
      title={`From revision ${before.number} to ${after.number}`}
      about={`${before.number}: ${before.who}, ${before.made}. ${after.number}: ${after.who}, ${after.made}.`}
      from={{ href: `${desk.base}/film/revisions`, label: 'Revisions' }}
      actions={
        <>
          <a href={`${desk.base}/film/revisions/compare?from=${after.number}&to=${before.number}`}>
            The other way round
          </a>
          {draft.mayPublish && after.number !== draft.published && after.number !== draft.latest ? (
            <PostButton action={`${desk.base}/film/publications`} fields={fields}>
              Publish {after.number}
            </PostButton>
          ) : null}
        </>
      }
    >
      <DraftBar base={desk.base} state={draft} />
      {groups.length === 0 ? (
        <EmptyState title="Both say the same">Nothing that a reader would see differs.</EmptyState>
      ) : (
        <ChangeList groups={groups} />
      )}
    </DeskPage>
  );
}
