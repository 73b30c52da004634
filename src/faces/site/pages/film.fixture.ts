import { Temporal } from 'temporal-polyfill';
import { type FilmDocument, filmDocument } from '../../../domain/film/document/index.ts';
import type { StoredFile } from '../../../domain/film/pictures.ts';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import type { PageModel } from '../model.ts';

/** A small film with one of everything. Every text may be replaced by `text`, to see what a page makes of it. */
export function sampleFilm(text?: string): FilmDocument {
  const say = (words: string): string => text ?? words;
  return filmDocument.parse({
    film: {
      slug: 'union',
      title: say('UNION'),
      logline: say('Workers set out to win a union.'),
      synopsis: { short: say('A short synopsis.'), long: say('A long synopsis.\n\nIn **two** paragraphs.') },
      year: 2024,
      runtime_minutes: 102,
      countries: ['US'],
      languages: ['en'],
      rating: say('NR'),
      status: say('In release'),
      site_languages: ['en', 'es'],
      timezone: 'America/New_York',
      currency: 'USD',
      accessibility: { captions: ['en'], notes: say('Captions at every screening.') },
      hero: {
        image: 'media/hero.jpg',
        alt: say('Raised hands'),
        credit: say('A. Photographer'),
        focus: [0.7, 0.5],
      },
      poster: { image: 'media/poster.jpg', alt: say('The poster') },
      trailer: { url: 'https://trailer.example/union' },
      stills: [{ image: 'media/still.jpg', alt: say('A tent at night'), credit: say('A. Photographer') }],
    },
    laurels: [{ festival: say('A festival'), award: say('A prize'), year: 2024 }],
    logos: [{ name: say('A company'), image: 'media/logo.png', url: 'https://company.example' }],
    credits: [
      {
        heading: say('Team'),
        people: [{ name: say('Brett Story'), roles: [say('Director')], mark: say('p.g.a.') }],
      },
    ],
    press: [
      { outlet: say('A newspaper'), critic: say('A critic'), url: 'https://paper.example', featured: true },
      { outlet: say('A weekly'), critic: say('Another'), quote: say('Words of a test.'), date: '2024-10-17' },
    ],
    take_action: {
      introduction: say('What now?'),
      figures: [
        { value: say('1.5 million'), label: say('people'), source: { name: say('A bureau'), date: 2023 } },
      ],
      actions: [
        { kind: 'link', label: say('Know your rights'), url: 'https://rights.example', about: say('How') },
      ],
    },
    partners: { introduction: say('With us'), list: [{ name: say('A local'), about: say('Of workers') }] },
    contact: {
      introduction: say('Write.'),
      addresses: { general: 'hello@union.example', press: 'press@union.example' },
    },
    forms: { extra: { title: say('One more form') } },
    pages: [{ slug: 'about', title: say('About'), body: say('Of the campaign.') }],
  });
}

const picture = (sha256: string): StoredFile => ({
  sha256: sha256.repeat(32),
  mime: 'image/jpeg',
  sizeBytes: 1_000,
  width: 2_000,
  height: 1_125,
  colour: '#334455',
});

/** The model of one of its pages, at its own host. */
export function sampleModel(document: FilmDocument, path = '/', language = 'en'): PageModel {
  return {
    filmId: '01930000-0000-7000-8000-000000000000',
    document,
    files: new Map([
      ['media/hero.jpg', picture('a1')],
      ['media/poster.jpg', picture('b2')],
      ['media/still.jpg', picture('c3')],
      ['media/logo.png', picture('d4')],
    ]),
    language,
    base: '',
    origin: 'https://union.example',
    canonicalBase: '',
    path,
    now: Temporal.Instant.from('2024-10-20T12:00:00Z'),
    preview: null,
  };
}

/** A ticket on which every text is the same. */
export function sampleCard(text = 'A cinema'): ScreeningCard {
  return {
    href: '/screenings/seattle',
    state: 'on sale',
    sign: { shape: 'on sale', words: text },
    kind: 'cinema',
    venue: text,
    city: text,
    region: text,
    startsAt: Temporal.Instant.from('2024-11-04T00:00:00Z'),
    timezone: 'America/Los_Angeles',
    price: text,
    with: [text],
    guests: text,
    access: ['open_captions', 'step_free'],
    action: { label: text, href: 'https://cinema.example/tickets' },
  };
}
