import { describe, expect, it } from 'vitest';
import { demoScreenings } from '../src/commands/demo-film.ts';
import { addDemoInquiries } from '../src/domain/audience/index.ts';
import { may, type Permission, type Role, roles } from '../src/domain/people/index.ts';
import { applyListings } from '../src/domain/screenings/index.ts';
import type { Allowing } from '../src/faces/admin/desk.ts';
import { partsOf } from '../src/faces/admin/film-desk.ts';
import { filmSite } from '../src/faces/site/index.tsx';
import { inFilm } from '../src/platform/database/database.ts';
import { writeMail } from '../src/platform/mail/write-mail.ts';
import { type CastName, cast, castFilm, stranger, strangersFilm } from './cast.ts';
import { crawl } from './ground/crawl.ts';
import { testDatabase } from './ground/database.ts';
import { openTestHouse, signIn } from './ground/house.ts';

const database = await testDatabase();
const film = await castFilm(database);
const other = await strangersFilm(database);
const test = await openTestHouse(database);
const { ask, house } = test;

type DeskRoute = {
  readonly method: string;
  readonly path: string;
  readonly permissions: readonly Permission[];
};

/** Every page and every form of a film's desk, with the permissions that stand on the line above it. */
function deskRoutes(): DeskRoute[] {
  const found = new Map<string, { method: string; path: string; permissions: Permission[] }>();
  for (const { method, path, handler } of partsOf(house, filmSite(house)).routes) {
    if (method === 'ALL') continue;
    const key = `${method} ${path}`;
    const route = found.get(key) ?? { method, path, permissions: [] };
    const { permission } = handler as Partial<Allowing>;
    if (permission) route.permissions.push(permission);
    found.set(key, route);
  }
  return [...found.values()];
}

const routes = deskRoutes();
const anyId = '018f0000-0000-7000-8000-000000000000';
/** The route's address in a film, with something in every place that has the shape of an id. */
const addressIn = (slug: string, path: string) =>
  `/admin/films/${slug}${path === '/' ? '' : path.replace(/:[a-z]+(\{[^}]*\})?\??/gi, anyId)}`;
const at = (slug: string, { method, path }: DeskRoute, cookie: string) =>
  ask(addressIn(slug, path), { cookie, method, ...(method === 'GET' ? {} : { form: {} }) });

const castOf = (role: Role) =>
  (Object.keys(cast) as CastName[]).find((name) => cast[name].role === role) ?? 'ada';
const cookies = new Map<Role, string>();
for (const role of roles) cookies.set(role, await signIn(test, cast[castOf(role)].address));
const strangersCookie = await signIn(test, stranger.address);

describe('S5 the desk', () => {
  it('has pages, and a permission above every one of them', () => {
    expect(routes.length).toBeGreaterThan(12);
    expect(routes.filter(({ permissions }) => permissions.length !== 1)).toEqual([]);
  });

  it.each(routes)('$method $path is not there for the owner of another film', async (route) => {
    const answer = await at(film.slug, route, strangersCookie);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('UNION');
  });

  it.each(routes)('$method $path is not there for a role that may not', async (route) => {
    const lower = roles.filter((role) => route.permissions.some((permission) => !may(role, permission)));
    for (const role of lower) {
      const answer = await at(film.slug, route, cookies.get(role) ?? '');
      expect([role, answer.status]).toEqual([role, 404]);
    }
  });

  it.each(routes)('$method $path leads nobody in who is not signed in', async (route) => {
    const answer = await at(film.slug, route, '');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/admin\/sign-in\?/);
  });

  it('tells a film that there is from one that there is not by nothing', async () => {
    const [foreign, missing] = [
      await ask(`/admin/films/${other.slug}/team`, { cookie: cookies.get('owner') }),
      await ask('/admin/films/no-such-film/team', { cookie: cookies.get('owner') }),
    ];
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).toBe(await missing.text());
    const [forbidden, unknown] = [
      await ask(`/admin/films/${film.slug}/outbox`, { cookie: cookies.get('door') }),
      await ask(`/admin/films/${film.slug}/no-such-page`, { cookie: cookies.get('door') }),
    ];
    expect(await forbidden.text()).toBe(await unknown.text());
  });

  it.each(roles)('leads a person whose role is %s only to pages that are there for them', async (role) => {
    const by = { personId: null, name: 'the test' };
    await inFilm(database.kysely, film.id, async (tx) => {
      await applyListings(tx, film.id, house.clock(), by, demoScreenings(3, house.clock()));
      await addDemoInquiries(tx, film.id, house.clock(), 3);
    });
    const found = await crawl(house.config.publicUrl, [`/admin/films/${film.slug}`], {
      ask: (path) => ask(path, { cookie: cookies.get(role) }),
      mayFollow: (path) => /^\/(admin|films)\//.test(path) && !/\/compare$|\/draft|\/media\//.test(path),
    });
    const broken = found.filter(({ status }) => status >= 400);
    expect(broken.map(({ path, status, from }) => `${status} ${path} (from ${from})`)).toEqual([]);
    expect(found.length).toBeGreaterThan(5);
  });

  it('opens every page of the rail to the owner', async () => {
    for (const path of ['/', '/film', '/screenings', '/inbox', '/outbox', '/team', '/audit']) {
      const answer = await ask(addressIn(film.slug, path), { cookie: cookies.get('owner') });
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });
});

describe('S16 what is secret', () => {
  const canary = 'canary-in-a-mail-4711';

  it('is in no page of a role that may not read mails', async () => {
    const mailId = await inFilm(database.kysely, film.id, (tx) =>
      writeMail(tx, film.id, house.clock(), {
        key: 'canary',
        to: 'reader@union.example',
        subject: canary,
        text: canary,
        html: `<p>${canary}</p>`,
      }),
    );
    const pages = routes
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path.replaceAll(':id', mailId ?? ''));
    for (const role of roles) {
      const seen = [];
      for (const path of pages) {
        const answer = await ask(addressIn(film.slug, path), { cookie: cookies.get(role) });
        if ((await answer.text()).includes(canary)) seen.push(path);
      }
      expect([role, seen.length > 0]).toEqual([role, may(role, 'mail.read')]);
    }
  });

  it('is never sent back: passwords, hashes, the installation’s own secret', async () => {
    const form = { current: 'canary-password-so-far', next: 'short' };
    const answer = await ask('/admin/account/password', { cookie: cookies.get('owner'), form });
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toMatch(/canary-password|value="short"/);
    const { value } = await house.db
      .selectFrom('installationSecret')
      .select('value')
      .executeTakeFirstOrThrow();
    for (const { path } of routes.filter((route) => route.method === 'GET' && !route.path.includes(':'))) {
      const page = await (await ask(addressIn(film.slug, path), { cookie: cookies.get('owner') })).text();
      expect(page).not.toContain(value);
    }
  });
});
