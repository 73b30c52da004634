import { inLanguage } from '../../../domain/film/document/text.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { shownState } from '../../../domain/screenings/index.ts';
import { sayDay, sayTime } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { factsLine } from '../pages/facts.tsx';
import { defaultLanguage, say } from '../pages/site-page.tsx';

/** What a share card says. */
export type Card = {
  /** The line above: the film's title, or its facts. */
  readonly kicker: string;
  readonly headline: string;
  readonly lines: readonly string[];
  /** A paragraph below, as much of it as there is room for. */
  readonly text: string;
  /** Sold out, cancelled: a word that must be seen before anything else. */
  readonly mark: string;
  readonly foot: string;
};

/** The pages that have a card of their own, besides screenings. */
export const cardPages = ['film', 'screenings', 'press', 'act', 'partners', 'contact'] as const;
export type CardPage = (typeof cardPages)[number];

export function pageCard(model: PageModel, page: CardPage): Card {
  const { film } = model.document;
  const { site } = words(model.language);
  const title = say(model, film.title);
  const text = say(model, film.logline) || say(model, film.synopsis?.short);
  const said: Readonly<Record<CardPage, { headline: string; text: string }>> = {
    film: { headline: title, text },
    screenings: { headline: site.bar.screenings, text },
    press: { headline: site.bar.press, text: site.press.lead },
    act: { headline: site.sections.act, text: site.act.lead },
    partners: { headline: site.sections.partners, text: site.partners.lead },
    contact: { headline: site.sections.contact, text: site.contact.lead },
  };
  const kicker = page === 'film' ? factsLine(model).join(' · ') : title;
  return { ...said[page], kicker, lines: [], mark: '', foot: footOf(model) };
}

/** A screening as a ticket says it: the city, the day and hour of the place, the house. */
export function screeningCard(model: PageModel, screening: Screening): Card {
  const { language } = model;
  const { screenings } = words(language);
  const { venue, startsAt, local } = screening;
  const inOwn = (text: Parameters<typeof inLanguage>[0] | null): string =>
    inLanguage(text ?? undefined, language, defaultLanguage(model));
  const state = shownState(screening, model.now);
  const city = inOwn(venue.city);
  const name = inOwn(venue.name);
  return {
    kicker: say(model, model.document.film.title),
    headline: city || screenings.online,
    lines: [
      sayDay(startsAt, venue.timezone, language),
      ...(local.time === null ? [] : [sayTime(startsAt, venue.timezone, language)]),
      ...(name === '' || name === city ? [] : [name]),
    ],
    text: '',
    mark:
      state === 'sold out' || state === 'cancelled' || state === 'postponed' ? screenings.states[state] : '',
    foot: footOf(model),
  };
}

function footOf({ origin }: PageModel): string {
  return new URL(origin).host;
}
