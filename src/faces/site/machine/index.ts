import { formNames } from '../../../domain/audience/index.ts';
import { publicAddresses } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { formPath } from '../../../ui/paths.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerKept, type PublicFile } from '../answer.tsx';
import type { PageModel } from '../model.ts';
import type { SiteApp, SiteContext } from '../visit.ts';
import { addCardRoutes } from './cards.ts';
import { iconIco, iconPng, iconSvg } from './icon.tsx';
import { robotsTxt, securityTxt } from './notes.ts';
import { type SitemapPlace, type SitePath, sitemapIndexXml, sitemapParts, sitemapXml } from './sitemap.ts';

/** What machines read of a film's site: sitemap, robots.txt, security.txt, icons, and the pictures of links. */
export function addMachineRoutes(site: SiteApp, house: House): void {
  addCardRoutes(site, house);
  addIconRoutes(site, house);
  const oneFor = (c: SiteContext, build: (model: PageModel) => Promise<PublicFile>): Promise<Response> => {
    // One for the whole film: a language's prefix before it is no page.
    if (c.env.visit.language !== null) throw new NotFound();
    return answerKept(c, house, { tags: ['film', 'screenings'] }, build);
  };
  const xml = (body: string): PublicFile => ({ contentType: 'application/xml; charset=utf-8', body });
  site.get('/sitemap.xml', (c) =>
    oneFor(c, async (model) => {
      const [pages, place] = [await pagesOf(house, model), placeOf(model)];
      const parts = sitemapParts(pages, place);
      return xml(parts === 1 ? sitemapXml(pages, place, 1) : sitemapIndexXml(parts, place));
    }),
  );
  site.get('/:file{sitemap-[1-9][0-9]{0,3}\\.xml}', (c) =>
    oneFor(c, async (model) => {
      const [pages, place] = [await pagesOf(house, model), placeOf(model)];
      const part = Number(/\d+/.exec(c.req.param('file'))?.[0]);
      if (part > sitemapParts(pages, place)) throw new NotFound();
      return xml(sitemapXml(pages, place, part));
    }),
  );
  site.get('/robots.txt', (c) => oneFor(c, async (model) => robotsTxt(model)));
  site.get('/.well-known/security.txt', (c) =>
    oneFor(c, async (model) => {
      const note = securityTxt(model);
      if (note === null) throw new NotFound();
      return note;
    }),
  );
}

function addIconRoutes(site: SiteApp, house: House): void {
  const icon = (path: string, contentType: string, draw: (svg: string) => Promise<string | Buffer>): void => {
    site.get(path, (c) =>
      answerKept(c, house, { tags: ['film'] }, async (model) => ({
        contentType,
        body: await draw(await iconSvg(model)),
      })),
    );
  };
  icon('/favicon.svg', 'image/svg+xml', async (svg) => svg);
  icon('/favicon.ico', 'image/x-icon', async (svg) => iconIco(await iconPng(svg, 32), 32));
  icon('/apple-touch-icon.png', 'image/png', (svg) => iconPng(svg, 180));
}

function placeOf({ origin, canonicalBase, document }: PageModel): SitemapPlace {
  return { origin, base: canonicalBase, languages: document.film.site_languages };
}

/** Every public page, those that change least first. */
async function pagesOf(house: House, { filmId, document }: PageModel): Promise<SitePath[]> {
  const screenings = await inFilm(house.db, filmId, (tx) => publicAddresses(tx, filmId));
  const paths = [
    '/',
    '/screenings',
    '/press',
    '/act',
    '/partners',
    '/contact',
    ...formNames(document).map(formPath),
    ...(document.pages ?? []).map(({ slug }) => `/${slug}`),
  ];
  return [
    ...paths.map((path) => ({ path, changedOn: null })),
    ...screenings.map(({ slug, changedAt }) => ({
      path: `/screenings/${slug}`,
      changedOn: changedAt.toString().slice(0, 10),
    })),
  ];
}
