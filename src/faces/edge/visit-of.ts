import type { Film } from '../../domain/film/index.ts';
import type { House } from '../house.ts';
import type { Preview, Visit } from '../site/visit.ts';

/** Where a film answers for this request: the film, and what of the path stands before its own. */
type Door = { readonly film: Film; readonly base: string; readonly rest: string };

const filmPath = /^\/films\/([a-z0-9-]{1,80})(\/.*|$)/;
const previewPath = /^\/preview\/([A-Za-z0-9_-]{22})(\/.*|$)/;

/**
 * Which film a request is about, in which language, at which of its pages. The film comes from the host name or
 * from `/films/<slug>`; a host that nobody knows leads to the front film. null: there is no such film.
 */
export async function visitOf(
  house: House,
  { host, path, query, address }: { host: string; path: string; query: string; address: string },
): Promise<Visit | null> {
  // Noted before the film is looked for: what changes from here on may make it another film's address.
  const asked = house.pages.address(`${host}${path}`);
  const door = await doorOf(house, host, path);
  if (!door) return null;
  const [, secret = null, behind = door.rest] = previewPath.exec(door.rest) ?? [];
  const cacheAddress = secret === null && query === '' && host !== '' ? asked : null;
  if (secret === null) return { ...(await visitIn(house, door, behind, null)), address, cacheAddress };
  const base = `${door.base}/preview/${secret}`;
  const visit = await visitIn(house, { ...door, base }, behind, { by: 'link', secret });
  return { ...visit, address, cacheAddress };
}

/**
 * A look at a film's newest draft, below the desk that let its reader in: `base` is where the desk shows it, `path`
 * what is asked for there. null: there is no such film.
 */
export async function draftVisit(
  house: House,
  filmId: string,
  { base, path, address }: Pick<Visit, 'base' | 'path' | 'address'>,
): Promise<Visit | null> {
  const film = await house.directory.byId(filmId);
  if (!film) return null;
  return { ...(await visitIn(house, { film, base }, path, { by: 'desk' })), address, cacheAddress: null };
}

/** What it takes to say where a film answers. */
type Signpost = Pick<House, 'config' | 'directory' | 'films'>;

async function visitIn(
  house: Signpost,
  { film, base }: Pick<Door, 'film' | 'base'>,
  path: string,
  preview: Preview | null,
): Promise<Omit<Visit, 'address' | 'cacheAddress'>> {
  const { language, rest } = await languageOf(house, film.id, preview, path);
  return {
    filmId: film.id,
    slug: film.slug,
    base,
    ...canonicalPlace(house, film),
    language,
    path: rest === '' ? '/' : rest,
    preview,
  };
}

/** A visit to a film's front page at its canonical address, for what is made ahead of its visitors. */
export async function canonicalVisit(house: Signpost, filmId: string): Promise<Visit | null> {
  const film = await house.directory.byId(filmId);
  if (!film) return null;
  const base = canonicalPlace(house, film).canonicalBase;
  return { ...(await visitIn(house, { film, base }, '/', null)), address: '', cacheAddress: null };
}

async function doorOf(house: House, host: string, path: string): Promise<Door | null> {
  const [, slug, behind = ''] = filmPath.exec(path) ?? [];
  const own = await house.directory.atHost(host);
  if (slug !== undefined && !own) {
    const film = await house.directory.atSlug(slug);
    return film ? { film, base: `/films/${slug}`, rest: behind } : null;
  }
  const film = own ?? (await house.directory.front());
  return film ? { film, base: '', rest: path } : null;
}

function canonicalPlace({ config }: Signpost, film: Film): { origin: string; canonicalBase: string } {
  const [scheme] = config.publicUrl.split('//');
  if (film.canonicalHost !== null) return { origin: `${scheme}//${film.canonicalHost}`, canonicalBase: '' };
  return { origin: config.publicUrl, canonicalBase: film.isFront ? '' : `/films/${film.slug}` };
}

async function languageOf(
  house: Signpost,
  filmId: string,
  preview: Preview | null,
  path: string,
): Promise<{ language: string | null; rest: string }> {
  const [, first, rest = ''] = /^\/([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)(\/.*|$)/.exec(path) ?? [];
  if (first === undefined) return { language: null, rest: path };
  const film = await (preview === null
    ? house.films.published(filmId)
    : house.films.previewed(filmId, preview));
  const [, ...others] = film?.revision.document.film.site_languages ?? [];
  return others.includes(first) ? { language: first, rest } : { language: null, rest: path };
}
