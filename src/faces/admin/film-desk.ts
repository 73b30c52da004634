import { Hono } from 'hono';
import { latestRevision, type Text } from '../../domain/film/index.ts';
import { filmsOfPerson, roleIn } from '../../domain/people/index.ts';
import { inFilm, inInstallation } from '../../platform/database/database.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import type { SiteApp } from '../site/visit.ts';
import { addAuditDesk } from './audit/index.tsx';
import { addBooksDesk } from './books/index.tsx';
import { addBoxOfficeDesk } from './boxoffice/index.ts';
import { addCodesDesk } from './codes/index.tsx';
import { type Desk, type DeskApp, type DeskContext, type DeskEnv, newDesk } from './desk.ts';
import { addDoorDesk } from './door/index.tsx';
import { adminErrors } from './failures.tsx';
import { addDraftDesk } from './film/draft-desk.ts';
import { addFilmDesk } from './film/index.ts';
import { addFundDesk } from './fund/index.ts';
import { addInboxDesk } from './inbox/index.ts';
import { addOrdersDesk } from './orders/index.ts';
import { addOutboxDesk } from './outbox/index.tsx';
import { addParticipantsDesk } from './participants/index.ts';
import { addPaymentsDesk } from './payments/index.tsx';
import { addSalesDesk } from './sales/index.tsx';
import { addScreeningsDesk } from './screenings/index.ts';
import { addTeamDesk } from './team/index.tsx';
import { addTodayDesk } from './today/index.tsx';
import { signInPath } from './who.ts';

/** Everything below `/admin/films/:film`, each page for the people of that film's team only. */
export function adminFilmApp(house: House, site: SiteApp): DeskApp {
  const app = newDesk();
  app.use(async (c, next) => {
    const desk = await deskOf(c, house);
    if (desk === null) return c.redirect(signInPath(c), 303);
    c.set('desk', desk);
    await next();
  });
  const parts = partsOf(house, site);
  app.route('/', parts);
  app.all('*', () => {
    throw new NotFound();
  });
  app.onError(adminErrors(house));
  return app;
}

/** The desk's pages by themselves, so that a test can walk all of them. */
export function partsOf(house: House, site: SiteApp): DeskApp {
  const parts = new Hono<DeskEnv>();
  addTodayDesk(parts, house);
  addDraftDesk(parts, house, site);
  addFilmDesk(parts, house);
  addScreeningsDesk(parts, house);
  addBoxOfficeDesk(parts, house);
  addOrdersDesk(parts, house);
  addCodesDesk(parts, house);
  addSalesDesk(parts, house);
  addDoorDesk(parts, house);
  addInboxDesk(parts, house);
  addTeamDesk(parts, house);
  addOutboxDesk(parts, house);
  addPaymentsDesk(parts, house);
  addFundDesk(parts, house);
  addParticipantsDesk(parts, house);
  addBooksDesk(parts, house);
  addAuditDesk(parts, house);
  return parts;
}

async function deskOf(c: DeskContext, house: House): Promise<Desk | null> {
  const signedIn = await house.auth.whoIs(c.req.raw.headers);
  if (!signedIn) return null;
  const { personId, name, address } = signedIn;
  const film = await house.directory.atSlug(c.req.param('film') ?? '');
  if (!film) throw new NotFound();
  const found = await inFilm(house.db, film.id, async (tx) => {
    const role = await roleIn(tx, film.id, personId);
    return role && { role, revision: await latestRevision(tx, film.id) };
  });
  if (!found) throw new NotFound();
  const others = await inInstallation(house.db, (tx) => filmsOfPerson(tx, personId));
  const base = `/admin/films/${film.slug}`;
  return {
    person: { id: personId, name, address },
    film: { id: film.id, slug: film.slug, title: inItsLanguage(found.revision?.document, film.slug) },
    role: found.role,
    base,
    path: new URL(c.req.url).pathname.slice(base.length) || '/',
    now: house.clock(),
    actor: { personId, name },
    hasOtherFilms: others.length > 1,
  };
}

type Titled = {
  readonly film: { readonly title: Text; readonly site_languages?: readonly string[] | undefined };
};

/** A film's title in its own first language. */
export function inItsLanguage(document: Titled | undefined, fallback: string): string {
  if (document === undefined) return fallback;
  const { title, site_languages: languages } = document.film;
  if (typeof title === 'string') return title;
  return title[languages?.[0] ?? 'en'] ?? Object.values(title)[0] ?? fallback;
}
