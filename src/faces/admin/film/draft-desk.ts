import { NotFound } from '../../edge/not-found.ts';
import { draftVisit } from '../../edge/visit-of.ts';
import { addressOf } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import type { SiteApp } from '../../site/visit.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { draftPath } from './shown-at.ts';

/**
 * The film's site as its newest draft has it, for the team: no link to make, nobody else let in. The editor shows
 * it beside its forms. It must stand before the editor's own pages, which take what is below `/film`.
 */
export function addDraftDesk(app: DeskApp, house: House, site: SiteApp): void {
  const show = async (c: DeskContext): Promise<Response> => {
    const { desk } = c.var;
    const base = desk.base + draftPath;
    const visit = await draftVisit(house, desk.film.id, {
      base,
      path: new URL(c.req.url).pathname.slice(base.length),
      address: addressOf(c.env?.incoming, house.config),
    });
    if (!visit) throw new NotFound();
    return await site.fetch(c.req.raw, { visit });
  };
  app.get(draftPath, allow('film.read'), show);
  app.get(`${draftPath}/*`, allow('film.read'), show);
  // Its forms work as on the site: what a team sends to try one comes into the inbox.
  app.post(`${draftPath}/*`, allow('film.read'), show);
}
