import { createHash } from 'node:crypto';
import { plainTheme } from '../../../domain/film/document/theme.ts';
import { screeningBySlug } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { fileKey, keepMade, type Storage } from '../../../platform/storage/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import type { PageModel } from '../model.ts';
import { pageModel } from '../page-model.ts';
import type { SiteApp, SiteContext } from '../visit.ts';
import { type Card, cardPages, pageCard, screeningCard } from './card.ts';
import { drawCard } from './draw-card.tsx';
import { oneAtATime } from './one-at-a-time.ts';

/** Raised when the drawing changes, so that no kept card goes out in the old one. */
const shape = 1;

/**
 * The pictures that links to the film's pages show elsewhere: `/share/film.png` and its like, and
 * `/share/screenings/<slug>.png`. Only pages that exist are drawn, one at a time, and each once.
 */
export function addCardRoutes(site: SiteApp, house: House): void {
  site.get('/share/:name', async (c) => {
    const page = cardPages.find((known) => c.req.param('name') === `${known}.png`);
    const model = page && (await pageModel(house, c.env.visit));
    if (!page || !model) throw new NotFound();
    return await answerCard(c, house, model, page, pageCard(model, page));
  });
  site.get('/share/screenings/:name', async (c) => {
    const [, slug] = /^([a-z0-9-]{1,80})\.png$/.exec(c.req.param('name')) ?? [];
    const model = slug && (await pageModel(house, c.env.visit));
    if (!slug || !model) throw new NotFound();
    const screening = await inFilm(house.db, model.filmId, (tx) => screeningBySlug(tx, model.filmId, slug));
    if (!screening) throw new NotFound();
    return await answerCard(c, house, model, `screening.${slug}`, screeningCard(model, screening));
  });
}

async function answerCard(
  c: SiteContext,
  house: House,
  model: PageModel,
  page: string,
  card: Card,
): Promise<Response> {
  const etag = cardHash(model, card);
  const headers = {
    etag: `"${etag}"`,
    'cache-control': model.preview === null ? 'public, max-age=300' : 'no-store',
  };
  if (c.req.header('if-none-match')?.includes(`"${etag}"`)) return c.body(null, 304, headers);
  const bytes = await keptCard(house.storage, model, page, card, etag);
  if (bytes === null)
    return c.text('Many pictures are being drawn; ask again.\n', 503, { 'retry-after': '5' });
  return c.body(new Uint8Array(bytes), 200, { ...headers, 'content-type': 'image/png' });
}

function pictureOf({ document, files }: PageModel) {
  const { hero, poster } = document.film;
  const picture = hero ?? poster;
  const file = picture && files.get(picture.image);
  return file ? { sha256: file.sha256, focus: picture?.focus } : null;
}

/** Everything that a card is drawn from: a revision that changes none of it keeps the card. */
function cardHash(model: PageModel, card: Card): string {
  const from = JSON.stringify([shape, card, model.document.film.theme ?? plainTheme, pictureOf(model)]);
  return createHash('sha256').update(from).digest('hex').slice(0, 24);
}

async function keptCard(
  storage: Storage,
  model: PageModel,
  page: string,
  card: Card,
  hash: string,
): Promise<Buffer | null> {
  const prefix = `${model.filmId}/renderings/card.${page}.${model.language}.`;
  const key = `${prefix}${hash}.png`;
  const kept = await storage.get(key);
  if (kept !== null) return kept;
  return await oneAtATime(async () => {
    const meanwhile = await storage.get(key);
    if (meanwhile !== null) return meanwhile;
    const picture = pictureOf(model);
    const bytes = picture && (await storage.get(fileKey(model.filmId, picture.sha256)));
    const theme = model.document.film.theme ?? plainTheme;
    const drawn = await drawCard(card, theme, bytes && { bytes, focus: picture?.focus });
    await keepMade(storage, key, drawn);
    if (model.preview === null)
      for await (const other of storage.list(prefix)) if (other !== key) await storage.remove(other);
    return drawn;
  });
}
