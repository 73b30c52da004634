import type { FilmDocument } from '../../../domain/film/index.ts';
import { answer } from '../answer.ts';
import type { DeskContext } from '../desk.ts';
import { editorState, thumbnailOf } from './editor-state.ts';
import { at } from './form/show-field.ts';
import { type PictureLine, PicturesPage } from './pages/pictures-page.tsx';
import { sayOf } from './place.ts';
import type { FilmHouse } from './read-place.ts';

/** Every picture of the film in one place, with what is said of each to a person who cannot see it. */
export async function showPictures(c: DeskContext, house: FilmHouse): Promise<Response> {
  const { desk } = c.var;
  const state = await editorState(house, desk);
  const lines = picturesOf(state.latest.document).map(({ path, ...line }) => ({
    ...line,
    href: desk.base + line.href,
    thumbnail: thumbnailOf(desk, state.files.get(path)),
  }));
  return answer(c, <PicturesPage desk={desk} draft={state.draft} lines={lines} />);
}

type Found = Omit<PictureLine, 'thumbnail'> & { readonly path: string };

function picturesOf(document: FilmDocument): Found[] {
  const say = sayOf(document);
  const { film, logos = [], partners } = document;
  const found = (use: string, href: string, picture: unknown): Found[] => {
    const path = at(picture, ['image']);
    if (typeof path !== 'string') return [];
    return [{ use, href, path, alt: say(at(picture, ['alt'])), credit: say(at(picture, ['credit'])) }];
  };
  return [
    ...found('Hero', '/film/hero', film.hero),
    ...found('Poster', '/film/poster', film.poster),
    ...(film.stills ?? []).flatMap((still, index) => found('Still', `/film/stills/${index}`, still)),
    ...logos.flatMap(({ image, name }, index) => found('Mark', `/film/logos/${index}`, { image, alt: name })),
    ...(partners?.list ?? []).flatMap(({ logo, name }, index) =>
      found('Partner', `/film/partners/list/${index}`, { image: logo, alt: name }),
    ),
  ];
}
