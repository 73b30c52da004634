import { Feed } from 'feed';
import { sayDay, sayStart } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { canonicalUrl, say } from '../pages/site-page.tsx';
import { placeOf, screeningPath } from './cards.ts';
import { saleCardOf, saleLines, stateSign, type WithSales } from './sale-card.ts';

/** What was announced or changed last, as RSS 2.0. The same facts give the same bytes. */
export function newsOf(model: PageModel, { screenings, sales }: WithSales): string {
  const { language } = model;
  const said = words(language).screenings;
  const title = say(model, model.document.film.title);
  const newest = screenings[0]?.changedAt.epochMilliseconds ?? 0;
  const feed = new Feed({
    id: canonicalUrl(model, '/screenings'),
    title: plain(`${title}: ${said.list.title}`),
    description: plain(said.list.description(title)),
    link: canonicalUrl(model, '/screenings'),
    language,
    copyright: '',
    generator: 'Houselights',
    updated: new Date(newest),
    feedLinks: { rss: `${canonicalUrl(model, '/screenings')}.rss` },
  });
  for (const screening of screenings) {
    const link = canonicalUrl(model, screeningPath(screening.slug));
    const { startsAt, venue, changedAt } = screening;
    const own = saleCardOf(model, sales.get(screening.id) ?? null);
    const state = stateSign(model, screening, own).words;
    const when = sayStart(screening, language);
    feed.addItem({
      // Changed means told again: readers show an item once an id.
      id: `${link}#${screening.version}`,
      guid: `${link}#${screening.version}`,
      title: plain(`${state}: ${placeOf(model, screening)}, ${sayDay(startsAt, venue.timezone, language)}`),
      link,
      description: plain([when, say(model, venue.name), ...saleLines(model, screening, own)].join(' · ')),
      date: new Date(changedAt.epochMilliseconds),
    });
  }
  return feed.rss2();
}

/** Readers take a title and a description for HTML: ours are words, whatever stands in them. */
function plain(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
