import { typePairings } from '../../../../domain/film/index.ts';
import {
  choice,
  codes,
  colour,
  type Field,
  file,
  focus,
  languageLine,
  link,
  markdown,
  number,
  paragraph,
  rows,
  sentence,
  suggested,
  words,
} from '../form/field.ts';
import type { List, Part } from './part.ts';

const altHint = 'What a person who cannot see it should know. One or two sentences.';

const pictureFields: readonly Field[] = [
  file('image', 'Picture', 'picture', {
    isRequired: true,
    hint: 'JPEG, PNG, WebP, AVIF or SVG, up to 40 MB.',
  }),
  sentence('alt', 'Alt text', { isRequired: true, hint: altHint }),
  words('credit', 'Credit', { hint: 'Who took or drew it.' }),
  focus('focus', 'Focal point', 'image', {
    hint: 'Where the eye should stay when the picture is cropped. Counted from the left and from the top.',
  }),
];

const stills: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'still',
  many: 'stills',
  titleOf: (item, say) => say((item as { alt?: unknown }).alt),
  aboutOf: (item, say) => say((item as { credit?: unknown }).credit),
  picturePath: ['image'],
  fields: pictureFields,
  whenEmpty: 'Press asks for stills first: three to eight, at full size, each with alt text and a credit.',
};

const zones: readonly string[] = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const currencies: readonly string[] = Intl.supportedValuesOf('currency');
const pairingLabels: Readonly<Record<string, string>> = {
  grotesque: 'Grotesque: headlines and text in one wide, plain face',
  serif: 'Serif: plain headlines, text in a serif for long reading',
};

export const recordParts: readonly Part[] = [
  {
    slug: 'story',
    group: 'The film',
    title: 'Title and story',
    about: 'What the film is, in one line, in a paragraph and at length.',
    root: ['film'],
    shownAt: '/',
    fields: [
      words('title', 'Title', { isRequired: true }),
      paragraph('logline', 'Logline', { hint: 'One sentence, below the title on the first screen.' }),
      paragraph('synopsis.short', 'Short synopsis', {
        hint: 'For listings and for the press: 50 to 100 words.',
      }),
      markdown('synopsis.long', 'Long synopsis'),
    ],
    lists: [],
  },
  {
    slug: 'facts',
    group: 'The film',
    title: 'Facts',
    about: 'What a programmer or a librarian looks up.',
    root: ['film'],
    shownAt: '/press#facts',
    fields: [
      number('year', 'Year', 1880, 2200),
      number('runtime_minutes', 'Running time in minutes', 1, 6_000),
      codes('countries', 'Countries', 'country', { hint: 'Two-letter codes with commas between: US, CA.' }),
      codes('languages', 'Languages spoken', 'language', { hint: 'Codes with commas between: en, es.' }),
      words('rating', 'Rating'),
      words('status', 'Status', { hint: 'In release, in festivals, coming in spring …' }),
    ],
    lists: [],
  },
  {
    slug: 'accessibility',
    group: 'The film',
    title: 'Accessibility',
    about: 'Of the film itself. What a place offers stands with each screening.',
    root: ['film', 'accessibility'],
    shownAt: '/press#facts',
    fields: [
      codes('captions', 'Captions in', 'language', { hint: 'Codes with commas between: en, es.' }),
      codes('audio_description', 'Audio description in', 'language', {
        hint: 'Codes with commas between; empty while there is none.',
      }),
      paragraph('notes', 'Notes', { hint: 'Whom to ask, and what a host can do.' }),
    ],
    lists: [],
  },
  {
    slug: 'hero',
    group: 'Pictures',
    title: 'Hero',
    about: 'The picture behind the title on the first screen.',
    root: ['film', 'hero'],
    shownAt: '/',
    fields: pictureFields,
    lists: [],
    removable: 'hero picture',
  },
  {
    slug: 'poster',
    group: 'Pictures',
    title: 'Poster',
    about: 'Shown with the facts, in the press kit and to hosts.',
    root: ['film', 'poster'],
    shownAt: '/#film',
    fields: pictureFields,
    lists: [],
    removable: 'poster',
  },
  {
    slug: 'trailer',
    group: 'Pictures',
    title: 'Trailer',
    about: 'A file of yours with captions, or a link to where it plays. One of the two.',
    root: ['film', 'trailer'],
    shownAt: '/#watch',
    fields: [
      link('url', 'Link', { hint: 'Opens elsewhere; nothing of that place is loaded on your pages.' }),
      file('file', 'Film file', 'video', { hint: 'MP4 or WebM, in place of a link.' }),
      rows(
        'captions',
        'Captions',
        'Captions',
        [
          languageLine('key', 'Language', { isRequired: true, hint: 'A code such as en' }),
          file('value', 'Caption file', 'captions', { isRequired: true, hint: 'WebVTT (.vtt)' }),
        ],
        { shape: 'map', hint: 'For a film file. One a language.' },
      ),
    ],
    lists: [],
    removable: 'trailer',
  },
  {
    slug: 'stills',
    group: 'Pictures',
    title: 'Stills',
    about: 'Shown on the press page and packed into the press kit, in this order.',
    root: ['film', 'stills'],
    shownAt: '/press#stills',
    fields: [],
    lists: [stills],
  },
  {
    slug: 'theme',
    group: 'Site',
    title: 'Theme',
    about: 'Three colours and a type pairing. Words must be readable: too little contrast is refused.',
    root: ['film', 'theme'],
    shownAt: '/',
    fields: [
      colour('paper', 'Paper', { hint: 'The ground of every page.' }),
      colour('ink', 'Ink', { hint: 'Words on paper. At least 4.5:1.' }),
      colour('accent', 'Accent', { hint: 'Links, buttons, marks. At least 4.5:1 on paper.' }),
      choice(
        'type',
        'Type',
        typePairings.map((value) => ({ value, label: pairingLabels[value] ?? value })),
        { isRequired: true },
      ),
    ],
    lists: [],
    sample: 'theme',
    removable: 'theme',
  },
  {
    slug: 'site',
    group: 'Site',
    title: 'Languages and place',
    about: 'In which languages the site speaks, and the film’s own clock and money.',
    root: ['film'],
    shownAt: '/',
    fields: [
      codes('site_languages', 'Languages of the site', 'language', {
        isRequired: true,
        hint: 'Codes with commas between; the first is the one that visitors meet: en, es. Each text then has a field a language. Words of a language that you take out are kept.',
      }),
      suggested('timezone', 'Time zone', zones, {
        isRequired: true,
        hint: 'Of the film’s team. Screenings use their venue’s own.',
      }),
      suggested('currency', 'Currency', currencies, { isRequired: true }),
    ],
    lists: [],
  },
];
