import { fieldKinds } from '../../../../domain/film/index.ts';
import {
  choice,
  type Field,
  line,
  lowerLine,
  markdown,
  paragraph,
  rows,
  sentence,
  tick,
  words,
} from '../form/field.ts';
import { at } from '../form/show-field.ts';
import type { List, Say } from './part.ts';

const plain = (item: unknown, ...path: string[]): string => String(at(item, path) ?? '');
const said = (item: unknown, say: Say, ...path: string[]): string => say(at(item, path));
const joined = (parts: readonly string[], by = ', '): string => parts.filter((part) => part !== '').join(by);

const kindWords: Readonly<Record<string, string>> = {
  text: 'One line',
  textarea: 'A longer text',
  email: 'E-mail address',
  tel: 'Telephone number',
  url: 'Link',
  number: 'Number',
  date: 'Date',
  select: 'One of several choices',
  checkbox: 'A box to tick',
};

const formFieldFields: readonly Field[] = [
  words('label', 'Label', { isRequired: true }),
  choice(
    'kind',
    'Kind',
    fieldKinds.map((value) => ({ value, label: kindWords[value] ?? value })),
    {
      isRequired: true,
    },
  ),
  lowerLine('name', 'Name', {
    isRequired: true,
    hint: 'For exports: lower case, such as group_size. Answers are kept under it.',
  }),
  tick('required', 'Must be answered'),
  sentence('hint', 'Hint'),
  rows(
    'options',
    'Choices',
    'Choice',
    [
      line('value', 'Value', { isRequired: true, hint: 'Kept with the answer' }),
      words('label', 'Label', { isRequired: true }),
    ],
    { hint: 'Only where the kind is one of several choices. Empty a row to take it away.' },
  ),
];

const formFields: List = {
  slug: 'fields',
  path: ['fields'],
  shape: 'list',
  one: 'field',
  many: 'fields',
  titleOf: (item, say) => said(item, say, 'label'),
  aboutOf: (item) =>
    joined([
      kindWords[plain(item, 'kind')] ?? '',
      plain(item, 'required') === 'true' ? 'must be answered' : '',
    ]),
  fields: formFieldFields,
  whenEmpty: 'Name, e-mail address and message are always asked. Add what else this form needs to know.',
};

const formNames: Readonly<Record<string, string>> = {
  partner: 'Partner with us',
  host: 'Host a screening',
  press: 'Press',
  education: 'Education',
  general: 'General',
  newsletter: 'Newsletter',
};

export const forms: List = {
  slug: '',
  path: [],
  shape: 'map',
  one: 'form',
  many: 'forms',
  titleOf: (item, say, key) => said(item, say, 'title') || (formNames[key] ?? key),
  aboutOf: (item) => {
    const count = ((at(item, ['fields']) ?? []) as unknown[]).length;
    return count === 0 ? 'Standard fields' : `Standard fields and ${count} more`;
  },
  fields: [
    words('title', 'Title', { isRequired: true }),
    markdown('introduction', 'Introduction', { hint: 'What will happen, and how soon somebody answers.' }),
    paragraph('success', 'When it was sent', { hint: 'What a person reads after sending it.' }),
    paragraph('failure', 'When it could not be sent', {
      hint: 'What they typed is still there. Say how else to reach you.',
    }),
    paragraph('consent', 'Consent', { hint: 'The exact words beside the box; kept with each consent.' }),
  ],
  lists: [formFields],
  keyField: lowerLine('key', 'Name in the address', {
    isRequired: true,
    hint: 'Lower case: union-local becomes /contact/union-local. The film’s standard forms are partner, host, press, education, general and newsletter. It stays as it is.',
  }),
  whenEmpty: 'Every standard form works as it is; write here what yours should say.',
};

export const pages: List = {
  slug: '',
  path: [],
  shape: 'list',
  one: 'page',
  many: 'pages',
  titleOf: (item, say) => said(item, say, 'title'),
  aboutOf: (item) => `/${plain(item, 'slug')}`,
  fields: [
    words('title', 'Title', { isRequired: true }),
    lowerLine('slug', 'Address', { isRequired: true, hint: 'a-z, 0-9 and hyphens: about-the-campaign.' }),
    markdown('body', 'Text', { isRequired: true }),
  ],
  whenEmpty: 'Anything that has no place elsewhere: about the campaign, discussion guide, thanks.',
};
