import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import type { StoredFile } from '../../../domain/film/pictures.ts';
import type { PageModel } from '../model.ts';

type Parts = { readonly files: ReadonlyMap<string, StoredFile>; readonly parts: Map<string, string> };

// A revision never changes, so what only it decides is rendered once for each language and address.
// The parts go when the revision's document goes; the bound is for a film asked for under many addresses.
const partsMax = 200;
const kept = new WeakMap<FilmDocument, Parts>();

/** A text that depends on nothing but the film's revision, language and address; made once for each. */
export function keptText(model: PageModel, name: string, make: () => string): string {
  const { document, files, language, base, origin, canonicalBase } = model;
  let found = kept.get(document);
  if (found === undefined || found.files !== files) {
    found = { files, parts: new Map() };
    kept.set(document, found);
  }
  const key = [name, language, base, origin, canonicalBase].join('\n');
  const text = found.parts.get(key);
  if (text !== undefined) return text;
  if (found.parts.size >= partsMax) found.parts.clear();
  const made = make();
  found.parts.set(key, made);
  return made;
}

export type KeptProps = {
  readonly model: PageModel;
  /** Unique among the kept parts of all pages. */
  readonly name: string;
  /** What to render: a function of the model's document, files, language and addresses alone. */
  readonly part: (props: { readonly model: PageModel }) => ReactElement;
};

/** A part of a page that only the film's revision decides. */
export function Kept({ model, name, part: Part }: KeptProps): ReactElement {
  const html = keptText(model, name, () => renderToStaticMarkup(<Part model={model} />));
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React's own markup, escaped when it was rendered
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
