import type { ReactElement } from 'react';
import { DeskPage, type DeskPlace, type NoticeWords } from '../../../../ui/admin/index.ts';
import { DraftBar, type DraftState } from './draft-bar.tsx';

/** A part as the overview tells of it. */
export type PartLine = {
  readonly href: string;
  readonly title: string;
  /** How it stands: `12 notices`, `empty`. */
  readonly state: string;
  readonly isEmpty: boolean;
  /** `3 texts missing in Spanish`. */
  readonly missing: readonly string[];
};

export type PartGroup = {
  readonly title: string;
  /** A page that shows the whole group. */
  readonly href: string | null;
  readonly parts: readonly PartLine[];
};

/** Every part of the film on one page, with how each stands. */
export function OverviewPage({
  desk,
  draft,
  groups,
  notice,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly groups: readonly PartGroup[];
  readonly notice: NoticeWords | null;
}): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title="The film"
      about="What the film says of itself. Every save is a draft; the public reads it when you publish."
      notice={notice}
    >
      <DraftBar base={desk.base} state={draft} />
      <div className="film-overview">
        {groups.map(({ title, href, parts }) => (
          <section key={title}>
            <h2>{href === null ? title : <a href={href}>{title}</a>}</h2>
            <ul>
              {parts.map((part) => (
                <li key={part.href} className={part.isEmpty ? 'is-empty' : undefined}>
                  <a href={part.href}>{part.title}</a>
                  <p>{part.state}</p>
                  {part.missing.map((words) => (
                    <p key={words} className="film-missing">
                      {words}
                    </p>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </DeskPage>
  );
}
