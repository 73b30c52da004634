import { sayLooseDate } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { facts, factsLine } from '../site/pages/facts.tsx';
import { pathTo, say } from '../site/pages/site-page.tsx';
import { plainParagraphs } from './plain-text.ts';

export type SheetPerson = { readonly name: string; readonly roles: readonly string[]; readonly mark: string };
export type SheetNotice = {
  readonly outlet: string;
  readonly critic: string;
  readonly date: string;
  readonly quote: string;
  readonly url: string;
};

/** What the press sheet says in one language, as PDF and as text. */
export type Sheet = {
  readonly language: string;
  readonly title: string;
  /** Year, running time, countries, rating. */
  readonly line: string;
  readonly logline: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly synopsisShort: string;
  readonly synopsisLong: readonly string[];
  readonly laurels: readonly string[];
  readonly credits: readonly { readonly heading: string; readonly people: readonly SheetPerson[] }[];
  readonly press: readonly SheetNotice[];
  readonly contact: readonly { readonly name: string; readonly address: string }[];
  readonly site: string;
};

/** The sheet of a film in the model's language. */
export function sheetOf(model: PageModel): Sheet {
  const { film, laurels = [], credits = [], press = [], contact } = model.document;
  const { addresses: names } = words(model.language).site.contact;
  const first = (notice: { featured?: boolean | undefined }): number => (notice.featured ? 0 : 1);
  return {
    language: model.language,
    title: say(model, film.title),
    line: factsLine(model).join(' · '),
    logline: say(model, film.logline),
    facts: facts(model),
    synopsisShort: say(model, film.synopsis?.short),
    synopsisLong: plainParagraphs(say(model, film.synopsis?.long)),
    laurels: laurels.map(({ festival, award, year }) =>
      [say(model, festival), say(model, award), String(year)].filter((part) => part !== '').join(', '),
    ),
    credits: credits.map(({ heading, people }) => ({
      heading: say(model, heading),
      people: people.map(({ name, roles = [], mark = '' }) => ({
        name,
        roles: roles.map((role) => say(model, role)),
        mark,
      })),
    })),
    press: [...press]
      .sort((one, other) => first(one) - first(other))
      .map(({ outlet, critic = '', quote, url = '', date }) => ({
        outlet,
        critic,
        url,
        quote: say(model, quote),
        date: date === undefined ? '' : sayLooseDate(date, model.language),
      })),
    // Press first: whoever opened a press kit wants that one.
    contact: Object.entries(contact?.addresses ?? {})
      .sort(([one], [other]) => Number(other === 'press') - Number(one === 'press'))
      .map(([name, address]) => ({ name: names[name] ?? capitalized(name.replaceAll('_', ' ')), address })),
    site: model.origin + pathTo({ ...model, base: model.canonicalBase }, '/'),
  };
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
