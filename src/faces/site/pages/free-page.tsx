import type { ReactElement } from 'react';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import { Markdown } from '../../../ui/components/markdown.tsx';
import type { PageModel } from '../model.ts';
import { PageHead } from './page-head.tsx';
import { SitePage, say } from './site-page.tsx';

export type FreePageProps = {
  readonly model: PageModel;
  readonly page: NonNullable<FilmDocument['pages']>[number];
};

/** A page that the team wrote itself. */
export function FreePage({ model, page }: FreePageProps): ReactElement {
  const title = say(model, page.title);
  const body = say(model, page.body);
  return (
    <SitePage model={model} title={title} description={firstWords(body)} className="plain">
      <PageHead title={title} />
      <div className="page-body">
        <Markdown text={body} headingsFrom={2} />
      </div>
    </SitePage>
  );
}

/** The first paragraph without its marks, cut at a word: what a search result shows. */
export function firstWords(markdown: string, charactersMax = 160): string {
  const paragraph = markdown.split(/\n\s*\n/).find((part) => !/^\s*([#>|`-]|\d+\.)/.test(part)) ?? '';
  const plain = paragraph
    // More than anybody sees of it, and little enough for marks that never close.
    .slice(0, 2_000)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`\\]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= charactersMax) return plain;
  const cut = plain.slice(0, charactersMax);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), charactersMax / 2))}…`;
}
