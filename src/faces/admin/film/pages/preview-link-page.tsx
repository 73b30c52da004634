import type { ReactElement } from 'react';
import { previewDays } from '../../../../domain/film/index.ts';
import { DeskPage, type DeskPlace, LinkButton } from '../../../../ui/admin/index.ts';
import { DraftBar, type DraftState } from './draft-bar.tsx';

/** A link to a draft, shown this once: only a hash of its secret is kept. */
export function PreviewLinkPage({
  desk,
  draft,
  number,
  link,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly number: number;
  readonly link: string;
}): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title={`Preview link to revision ${number}`}
      about={`Whoever has this link sees the draft for ${previewDays} days, without signing in. It is shown this once: copy it now.`}
      from={{ href: `${desk.base}/film/revisions`, label: 'Revisions' }}
    >
      <DraftBar base={desk.base} state={draft} />
      <div className="desk-field film-link">
        <label htmlFor="preview-link">Link</label>
        <input id="preview-link" type="text" readOnly value={link} spellCheck={false} />
      </div>
      <div className="button-row">
        <LinkButton href={link} look="main">
          Open it
        </LinkButton>
      </div>
    </DeskPage>
  );
}
