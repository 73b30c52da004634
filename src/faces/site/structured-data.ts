import { renderingPath, widthsOf } from '../../domain/film/pictures.ts';
import type { PageModel } from './model.ts';
import { canonicalUrl, say } from './pages/site-page.tsx';

/** A value as JSON that may stand in HTML: nothing in it can end the script element or begin another. */
export function jsonLd(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

type Thing = { readonly [property: string]: unknown };

/** The film as schema.org's Movie, and who stands behind it as Organization, for the front page. */
export function structuredFilm(model: PageModel): string {
  return jsonLd({ '@context': 'https://schema.org', '@graph': [movie(model), organization(model)] });
}

/** Where other things (a ScreeningEvent's work presented) refer to the film. */
export function filmReference({ origin, canonicalBase }: PageModel): string {
  return `${origin}${canonicalBase}/#film`;
}

/** https://schema.org/Movie */
export function movie(model: PageModel): Thing {
  const { film } = model.document;
  const trailer = film.trailer === undefined || !('url' in film.trailer) ? undefined : film.trailer.url;
  return {
    '@type': 'Movie',
    '@id': filmReference(model),
    name: say(model, film.title),
    url: canonicalUrl(model, '/'),
    description: say(model, film.synopsis?.short) || say(model, film.logline) || undefined,
    image: pictureUrl(model, film.poster?.image ?? film.hero?.image),
    datePublished: film.year === undefined ? undefined : String(film.year),
    duration: film.runtime_minutes === undefined ? undefined : `PT${film.runtime_minutes}M`,
    countryOfOrigin: film.countries?.map((code) => ({ '@type': 'Country', name: code })),
    inLanguage: film.languages,
    contentRating: say(model, film.rating) || undefined,
    trailer: trailer === undefined ? undefined : { '@type': 'VideoObject', url: trailer },
    director: peopleWhose(model, /\b(director|directora?|regisseur|réalisat)/i),
    producer: peopleWhose(model, /\b(producer|productora?|produzent|producteur)/i),
    award: model.document.laurels
      ?.filter(({ award }) => award !== undefined)
      .map(({ festival, award, year }) => `${say(model, award)}, ${say(model, festival)} ${year}`),
  };
}

/** https://schema.org/Organization */
export function organization(model: PageModel): Thing {
  const { document, origin, canonicalBase } = model;
  const email = document.contact?.addresses?.general;
  return {
    '@type': 'Organization',
    '@id': `${origin}${canonicalBase}/#team`,
    name: say(model, document.film.title),
    url: canonicalUrl(model, '/'),
    email,
  };
}

function peopleWhose(model: PageModel, role: RegExp): Thing[] | undefined {
  const found: Thing[] = [];
  for (const { people } of model.document.credits ?? []) {
    for (const { name, roles = [] } of people) {
      if (roles.some((words) => role.test(say(model, words)))) found.push({ '@type': 'Person', name });
    }
  }
  return found.length === 0 ? undefined : found;
}

function pictureUrl(
  { files, origin, canonicalBase }: PageModel,
  path: string | undefined,
): string | undefined {
  const file = path === undefined ? undefined : files.get(path);
  if (file === undefined) return undefined;
  const width = widthsOf(file).findLast((each) => each <= 1_280);
  return width === undefined ? undefined : origin + canonicalBase + renderingPath(file, width, 'webp');
}
