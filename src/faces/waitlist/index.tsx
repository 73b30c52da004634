import type { ReactElement } from 'react';
import {
  boxOfficeOf,
  joinLine,
  leaveLine,
  waitEntryByKey,
  waitPlacesMax,
} from '../../domain/boxoffice/index.ts';
import { screeningBySlug } from '../../domain/screenings/index.ts';
import { writeWaitJoined } from '../../letters/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { words } from '../../ui/words/index.ts';
import { readOrderForm } from '../checkout/order.tsx';
import { readKey } from '../checkout/read-choices.ts';
import { waitlistPath } from '../checkout/sale-paths.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import type { PageModel } from '../site/model.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import { isSlug } from '../site/screenings/query.ts';
import type { SiteApp, SiteContext } from '../site/visit.ts';
import { EntryPage, JoinedPage, JoinPage, type JoinProps } from './pages.tsx';

/** The line of a full screening: joining it, one's place in it, leaving it. */
export function addWaitlistRoutes(site: SiteApp, house: House): void {
  site.get('/screenings/:slug/waitlist', (c) => showWaitlist(c, house, c.req.param('slug')));
  site.post('/screenings/:slug/waitlist', (c) => takeJoin(c, house, c.req.param('slug')));
  site.post('/screenings/:slug/waitlist/leaving', (c) => takeLeaving(c, house, c.req.param('slug')));
}

/** With a secret that opens an entry, the entry; otherwise the form that makes one. */
async function showWaitlist(c: SiteContext, house: House, slug: string): Promise<Response> {
  const { filmId } = c.env.visit;
  const query = c.req.query();
  const key = readKey(query);
  if (query.sent === '1') return await answerAbout(c, house, slug, 200, (about) => <JoinedPage {...about} />);
  const found = await inFilm(house.db, filmId, async (tx) => {
    const entry = key === null ? null : await waitEntryByKey(tx, filmId, house.clock(), key);
    return entry && { entry, box: await boxOfficeOf(tx, filmId) };
  });
  if (found && key !== null)
    return await answerAbout(c, house, slug, 200, (about) => (
      <EntryPage {...about} {...found} secret={key} />
    ));
  const secret = newSecret();
  return await answerAbout(c, house, slug, 200, (about) => <JoinPage {...about} secret={secret} />);
}

async function answerAbout(
  c: SiteContext,
  house: House,
  slug: string,
  status: number,
  page: (about: Pick<JoinProps, 'model' | 'screening'>) => ReactElement,
): Promise<Response> {
  const { filmId } = c.env.visit;
  if (!isSlug(slug)) throw new NotFound();
  const screening = await inFilm(house.db, filmId, (tx) => screeningBySlug(tx, filmId, slug));
  if (!screening) throw new NotFound();
  return await answerFresh(c, house, status, (model) => page({ model, screening }));
}

async function takeJoin(c: SiteContext, house: House, slug: string): Promise<Response> {
  const { model, fields, key } = await readOrderForm(c, house);
  try {
    await join(house, model, slug, { fields, key });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wrong = wrongOf(error.code, model.language);
    return await answerAbout(c, house, slug, 422, (about) => (
      <JoinPage {...about} secret={key} values={fields} {...wrong} />
    ));
  }
  return c.redirect(`${pathTo(model, waitlistPath(slug))}?sent=1`, 303);
}

type Sent = { readonly fields: Readonly<Record<string, string>>; readonly key: string };

/** The entry and the mail that leads to it, or neither. */
async function join(house: House, model: PageModel, slug: string, { fields, key }: Sent): Promise<void> {
  const { filmId, language } = model;
  const { publicUrl } = house.config;
  const typed = (fields.places ?? '').trim();
  const places = /^\d{1,2}$/.test(typed) ? Number(typed) : Number.NaN;
  const address = (fields.address ?? '').trim();
  await inFilm(house.db, filmId, async (tx) => {
    const screening = isSlug(slug) ? await screeningBySlug(tx, filmId, slug) : null;
    if (!screening) throw new NotFound();
    const wish = { key, screeningId: screening.id, address, places, language };
    const isNew = await joinLine(tx, filmId, house.clock(), wish);
    if (isNew) await writeWaitJoined(tx, filmId, house.clock(), { ...wish, publicUrl });
  });
}

function wrongOf(code: string, language: string): Pick<JoinProps, 'errors' | 'problem' | 'mayBuy'> {
  const { problems } = words(language).waitlist;
  if (code === 'address_wrong') return { errors: [{ name: 'address', message: problems.address_wrong }] };
  if (code === 'quantity_wrong')
    return { errors: [{ name: 'places', message: problems.quantity_wrong(waitPlacesMax) }] };
  if (code === 'not_full') return { problem: problems.not_full, mayBuy: true };
  return { problem: problems.closed };
}

async function takeLeaving(c: SiteContext, house: House, slug: string): Promise<Response> {
  const { model, key } = await readOrderForm(c, house);
  const { filmId } = model;
  await inFilm(house.db, filmId, (tx) => leaveLine(tx, filmId, house.clock(), key));
  return c.redirect(`${pathTo(model, waitlistPath(slug))}?key=${key}`, 303);
}
