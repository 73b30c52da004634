import type { ReactElement } from 'react';
import { PostButton } from '../../../../ui/admin/index.ts';
import { draftPath } from '../shown-at.ts';

/** How the newest revision stands to what the public reads. */
export type DraftState = {
  readonly latest: number;
  readonly published: number | null;
  /** How many places differ. */
  readonly places: number;
  readonly mayPublish: boolean;
  readonly mayEdit: boolean;
};

/** On every page of the editor: what is a draft, what is out, and the way from one to the other. */
export function DraftBar({
  base,
  state,
  shownAt = '/',
}: {
  readonly base: string;
  readonly state: DraftState;
  /** The page of the site to look at. */
  readonly shownAt?: string;
}): ReactElement {
  const { latest, published, mayPublish, mayEdit } = state;
  const isOut = published === latest;
  return (
    <section className={isOut ? 'film-draft is-out' : 'film-draft'} aria-label="Draft and publication">
      <p>{draftWords(state)}</p>
      <div className="button-row">
        <a href={base + draftPath + shownAt}>Preview</a>
        {mayEdit ? (
          <PostButton action={`${base}/film/previews`} look="link" fields={{ number: String(latest) }}>
            Share a preview
          </PostButton>
        ) : null}
        {isOut || published === null ? null : (
          <a href={`${base}/film/revisions/compare?from=${published}&to=${latest}`}>See changes</a>
        )}
        <a href={`${base}/film/revisions`}>Revisions</a>
        {isOut || !mayPublish ? null : (
          <PostButton action={`${base}/film/publications`} look="main" fields={{ number: String(latest) }}>
            Publish
          </PostButton>
        )}
      </div>
    </section>
  );
}

function draftWords({ latest, published, places }: DraftState): ReactElement {
  if (published === null)
    return (
      <>
        <strong>Draft:</strong> revision {latest}. The public reads nothing yet.
      </>
    );
  if (published === latest)
    return (
      <>
        <strong>Published:</strong> the public reads revision {latest}, this one.
      </>
    );
  return (
    <>
      <strong>Draft:</strong> revision {latest} differs from what the public reads (revision {published}) in{' '}
      {places === 0 ? 'its files only' : places === 1 ? '1 place' : `${places} places`}.
    </>
  );
}
