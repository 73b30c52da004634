import { actionKinds } from '../../../../domain/film/index.ts';
import {
  choice,
  file,
  fileOrLink,
  line,
  link,
  looseDate,
  lowerLine,
  markdown,
  number,
  paragraph,
  rows,
  sentence,
  tick,
  words,
} from '../form/field.ts';
import { at } from '../form/show-field.ts';
import { forms, pages } from './form-lists.ts';
import type { List, Part, Say } from './part.ts';

const plain = (item: unknown, ...path: string[]): string => String(at(item, path) ?? '');
const said = (item: unknown, say: Say, ...path: string[]): string => say(at(item, path));
const joined = (parts: readonly string[], by = ', '): string => parts.filter((part) => part !== '').join(by);

const laurels: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'laurel',
  many: 'laurels',
  titleOf: (item, say) => said(item, say, 'festival'),
  aboutOf: (item, say) => joined([said(item, say, 'award'), plain(item, 'year')]),
  fields: [
    words('festival', 'Festival', { isRequired: true }),
    words('award', 'Award', { hint: 'Empty for a selection.' }),
    number('year', 'Year', 1880, 2200, { isRequired: true }),
  ],
  whenEmpty: 'Festivals and awards, the ones that people know first.',
};

const logos: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'mark',
  many: 'marks',
  titleOf: (item) => plain(item, 'name'),
  aboutOf: (item) => plain(item, 'url'),
  picturePath: ['image'],
  fields: [
    line('name', 'Name', { isRequired: true, hint: 'Read out where the mark is not seen.' }),
    file('image', 'Mark', 'picture', { hint: 'SVG is best. Without one the name is set in type.' }),
    link('url', 'Link'),
  ],
  whenEmpty: 'The strip of companies and organisations behind the film.',
};

const people: List = {
  slug: 'people',
  path: ['people'],
  shape: 'list',
  one: 'person',
  many: 'people',
  titleOf: (item) => joined([plain(item, 'name'), plain(item, 'mark')]),
  aboutOf: (item, say) => joined(((at(item, ['roles']) ?? []) as unknown[]).map((role) => say(role))),
  fields: [
    line('name', 'Name', { isRequired: true }),
    rows('roles', 'Roles', 'Role', [words('', 'Role')], { hint: 'In the order in which they are printed.' }),
    line('mark', 'Guild mark', { hint: 'Set after the name as in print: p.g.a.' }),
  ],
  whenEmpty: '',
};

const groups: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'group',
  many: 'groups',
  titleOf: (item, say) => said(item, say, 'heading'),
  aboutOf: (item) => {
    const count = ((at(item, ['people']) ?? []) as unknown[]).length;
    return count === 1 ? '1 person' : `${count} people`;
  },
  fields: [
    words('heading', 'Heading', { isRequired: true, hint: 'Creative team, Executive producers, Music …' }),
  ],
  lists: [people],
  firstFields: [
    rows('people', 'First people', 'Person', [line('name', 'Name', { isRequired: true })], {
      isRequired: true,
      hint: 'At least one. Roles and marks come after, and more people too.',
    }),
  ],
  whenEmpty: 'Start with the creative team; each group has a heading and its people.',
};

const notices: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'notice',
  many: 'notices',
  titleOf: (item) => joined([plain(item, 'outlet'), plain(item, 'critic')], ' · '),
  aboutOf: (item, say) =>
    joined([plain(item, 'featured') === 'true' ? 'Featured' : '', said(item, say, 'quote')], ' · '),
  fields: [
    line('outlet', 'Outlet', { isRequired: true }),
    line('critic', 'Critic'),
    sentence('quote', 'Pull quote', {
      hint: 'The critic’s words, without quotation marks. Empty: the outlet stands alone.',
    }),
    link('url', 'Link', { hint: 'Where the whole of it can be read.' }),
    looseDate('date', 'Date', { hint: 'A year, 2024-10 or 2024-10-17.' }),
    tick('featured', 'Featured: the great quote on the front page', {
      hint: 'The first featured notice with a quote is the one that is shown.',
    }),
  ],
  whenEmpty: 'What critics wrote, the one that you are proudest of first.',
};

const figures: List = {
  slug: 'figures',
  path: ['figures'],
  shape: 'list',
  one: 'figure',
  many: 'figures',
  titleOf: (item, say) => said(item, say, 'value'),
  aboutOf: (item, say) => joined([said(item, say, 'label'), said(item, say, 'source', 'name')], ' · '),
  fields: [
    words('value', 'Figure', { isRequired: true, hint: 'Set large: 1.5 million, 150 %.' }),
    sentence('label', 'What it counts', { isRequired: true }),
    words('source.name', 'Source', { isRequired: true, hint: 'A figure without a source is not shown.' }),
    link('source.url', 'Link to the source'),
    looseDate('source.date', 'Date of the source', { hint: 'A year, 2024-10 or 2024-10-17.' }),
  ],
  whenEmpty: 'Numbers that say why the film matters, each with its source.',
};

const actionWords: Readonly<Record<string, string>> = {
  link: 'Link: read or do something elsewhere',
  pledge: 'Pledge: promise something',
  petition: 'Petition: sign something',
  letter: 'Letter: write to somebody',
  volunteer: 'Volunteer: give time',
  donate: 'Donate: give money elsewhere',
  download: 'Download: take a guide home',
};

const actions: List = {
  slug: 'actions',
  path: ['actions'],
  shape: 'list',
  one: 'action',
  many: 'actions',
  titleOf: (item, say) => said(item, say, 'label'),
  aboutOf: (item) => joined([plain(item, 'kind'), plain(item, 'url')], ' · '),
  fields: [
    choice(
      'kind',
      'Kind',
      actionKinds.map((value) => ({ value, label: actionWords[value] ?? value })),
      {
        isRequired: true,
      },
    ),
    words('label', 'Words on the button', { isRequired: true }),
    fileOrLink('url', 'Link or file', 'download', {
      isRequired: true,
      hint: 'A link, or a file of yours to download: a PDF or a picture.',
    }),
    paragraph('about', 'About', { hint: 'What happens when somebody does it.' }),
  ],
  whenEmpty: 'What a visitor can do now: sign, write, volunteer, download.',
};

const organisations: List = {
  slug: 'list',
  path: ['list'],
  shape: 'list',
  one: 'partner',
  many: 'partners',
  titleOf: (item) => plain(item, 'name'),
  aboutOf: (item, say) => joined([said(item, say, 'about'), plain(item, 'url')], ' · '),
  picturePath: ['logo'],
  fields: [
    line('name', 'Name', { isRequired: true }),
    link('url', 'Link'),
    file('logo', 'Logo', 'picture', { hint: 'SVG is best. Without one the name is set in type.' }),
    paragraph('about', 'About', { hint: 'A sentence or two, in their words if you can.' }),
  ],
  whenEmpty: 'The organisations that carry the film.',
};

const part = (
  slug: string,
  title: string,
  about: string,
  root: string[],
  more: Partial<Part> & Pick<Part, 'shownAt'>,
): Part => ({
  slug,
  group: 'Campaign',
  title,
  about,
  root,
  fields: [],
  lists: [],
  ...more,
});

export const campaignParts: readonly Part[] = [
  part('laurels', 'Laurels', 'Festivals and awards, below the hero.', ['laurels'], {
    shownAt: '/press#laurels',
    lists: [laurels],
  }),
  part('logos', 'Marks', 'The strip of companies and organisations.', ['logos'], {
    shownAt: '/#marks',
    lists: [logos],
  }),
  part('credits', 'Credits', 'Groups with a heading, each with its people.', ['credits'], {
    shownAt: '/#credits',
    lists: [groups],
  }),
  part('press', 'Press wall', 'What critics wrote.', ['press'], { shownAt: '/#press', lists: [notices] }),
  part('act', 'Take Action', 'Why it matters, in figures, and what a visitor can do.', ['take_action'], {
    shownAt: '/act',
    fields: [markdown('introduction', 'Introduction')],
    lists: [figures, actions],
  }),
  part('partners', 'Partners', 'Who carries the film with you.', ['partners'], {
    shownAt: '/partners',
    fields: [markdown('introduction', 'Introduction')],
    lists: [organisations],
  }),
  part('contact', 'Contact', 'How people reach you.', ['contact'], {
    shownAt: '/contact',
    fields: [
      markdown('introduction', 'Introduction'),
      rows(
        'addresses',
        'Addresses',
        'Address',
        [
          lowerLine('key', 'For', { isRequired: true, hint: 'general, press, bookings …' }),
          line('value', 'E-mail address', { isRequired: true }),
        ],
        { shape: 'map', hint: 'Empty a row to take it away.' },
      ),
    ],
  }),
  part(
    'forms',
    'Forms',
    'What each form says, and which fields it has beyond the standard ones.',
    ['forms'],
    {
      shownAt: '/contact',
      group: 'Site',
      lists: [forms],
    },
  ),
  part('pages', 'Pages', 'Free pages in Markdown.', ['pages'], {
    group: 'Site',
    shownAt: '/',
    lists: [pages],
  }),
];
