import type { ReactElement } from 'react';
import { DeskPage, type DeskPlace, EmptyState, LinkButton } from '../../../../ui/admin/index.ts';
import { DraftBar, type DraftState } from './draft-bar.tsx';
import type { Thumbnail } from './field-around.tsx';

/** A picture and where it is used. */
export type PictureLine = {
  readonly use: string;
  readonly href: string;
  readonly alt: string;
  readonly credit: string;
  readonly thumbnail: Thumbnail | null;
};

/** All pictures of a film beside each other. */
export function PicturesPage({
  desk,
  draft,
  lines,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly lines: readonly PictureLine[];
}): ReactElement {
  const add = draft.mayEdit ? (
    <LinkButton href={`${desk.base}/film/stills/new`} look="main">
      Add stills
    </LinkButton>
  ) : null;
  return (
    <DeskPage
      desk={desk}
      title="Pictures"
      about="Every picture of the film, with the words for those who cannot see it."
      from={{ href: `${desk.base}/film`, label: 'The film' }}
      actions={add}
    >
      <DraftBar base={desk.base} state={draft} />
      {lines.length === 0 ? (
        <EmptyState title="No pictures yet">Start with the hero: the picture behind the title.</EmptyState>
      ) : (
        <ul className="film-pictures">
          {lines.map((line) => (
            <li key={line.href}>
              <a href={line.href}>
                <span className="film-picture-frame">
                  {line.thumbnail === null ? null : (
                    <img
                      src={line.thumbnail.href}
                      width={line.thumbnail.width}
                      height={line.thumbnail.height}
                      alt=""
                      loading="lazy"
                    />
                  )}
                </span>
                {line.use}
              </a>
              <p dir="auto">{line.alt}</p>
              {line.credit === '' ? null : <p className="desk-hint">{line.credit}</p>}
            </li>
          ))}
        </ul>
      )}
    </DeskPage>
  );
}
