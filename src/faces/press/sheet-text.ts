import { words } from '../../ui/words/index.ts';
import type { Sheet } from './sheet.ts';
import { kitWords } from './words.ts';

/** The press sheet as plain text, one paragraph a line, for pasting into anything. */
export function sheetText(sheet: Sheet): string {
  const { facts: names, sections } = words(sheet.language).site;
  const { quote, site, sheet: kind } = kitWords(sheet.language);
  const blocks: string[] = [
    underlined(`${sheet.title} · ${kind}`, '='),
    sheet.line,
    sheet.logline,
    section(names.title, sheet.facts.map(({ name, value }) => `${name}: ${value}`).join('\n')),
    section(names.synopsis, [sheet.synopsisShort, ...sheet.synopsisLong].filter(Boolean).join('\n\n')),
    section(sections.laurels, sheet.laurels.join('\n')),
    section(
      sections.credits,
      sheet.credits
        .map(({ heading, people }) => [`${heading}`, ...people.map(personLine)].join('\n'))
        .join('\n\n'),
    ),
    section(
      sections.press,
      sheet.press
        .map(({ outlet, critic, date, quote: said, url }) =>
          [
            [outlet, critic, date].filter(Boolean).join(', '),
            ...(said === '' ? [] : [quote(said)]),
            ...(url === '' ? [] : [url]),
          ].join('\n'),
        )
        .join('\n\n'),
    ),
    section(
      sections.contact,
      [...sheet.contact.map(({ name, address }) => `${name}: ${address}`), `${site}: ${sheet.site}`].join(
        '\n',
      ),
    ),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function personLine({ name, roles, mark }: Sheet['credits'][number]['people'][number]): string {
  const signed = mark === '' ? name : `${name}, ${mark}`;
  return roles.length === 0 ? signed : `${signed}: ${roles.join(', ')}`;
}

function section(title: string, body: string): string {
  return body === '' ? '' : `${underlined(title, '-')}\n\n${body}`;
}

function underlined(title: string, mark: string): string {
  return `${title}\n${mark.repeat([...title].length)}`;
}
