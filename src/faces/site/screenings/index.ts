import type { House } from '../../house.ts';
import type { SiteApp } from '../visit.ts';
import { answerCalendar, answerNews, answerOneCalendar, answerOpenList } from './feeds.ts';
import { answerList } from './list.ts';
import { answerScreening } from './one.ts';

/** `/screenings`, its feeds, and a page and a calendar for each screening. */
export function addScreeningsRoutes(site: SiteApp, house: House): void {
  site.get('/screenings', (c) => answerList(c, house));
  site.get('/screenings.ics', (c) => answerCalendar(c, house));
  site.get('/screenings.rss', (c) => answerNews(c, house));
  site.get('/screenings.json', (c) => answerOpenList(c, house));
  site.get('/screenings/:file{.+\\.ics}', (c) =>
    answerOneCalendar(c, house, c.req.param('file').slice(0, -4)),
  );
  site.get('/screenings/:slug', (c) => answerScreening(c, house, c.req.param('slug')));
}
