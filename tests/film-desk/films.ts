import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  type FilmDocument,
  filePathsOf,
  filmDocument,
  inspectFile,
  rememberFile,
} from '../../src/domain/film/index.ts';
import type { FilmHouse } from '../../src/faces/admin/film/read-place.ts';
import { inFilm } from '../../src/platform/database/database.ts';
import { programRoot } from '../../src/platform/root.ts';
import { newId } from '../../src/platform/secrets.ts';
import { now } from './desk.ts';

/** The example's document, without its screenings, which are edited elsewhere. */
export async function unionDocument(): Promise<FilmDocument> {
  const source = await readFile(join(programRoot, 'examples/union/film.yaml'), 'utf8');
  const {
    houselights: _version,
    screenings: _screenings,
    ...document
  } = parse(source) as Record<string, unknown>;
  return filmDocument.parse(document);
}

/** Notes bytes for every path that a document names: the example's own. */
export async function unionFiles(
  house: FilmHouse,
  filmId: string,
  document: FilmDocument,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const path of filePathsOf(document)) {
    const stored = await inspectFile(join(programRoot, 'examples/union', path));
    await inFilm(house.db, filmId, (tx) => rememberFile(tx, filmId, now, stored));
    files[path] = stored.sha256;
  }
  return files;
}

/** A small film with a bit of everything that is hard to type back: breaks, quotes, other scripts, odd lists. */
export function fullDocument(slug = `film-${newId().slice(-12)}`): FilmDocument {
  return filmDocument.parse({
    film: {
      slug,
      title: { en: 'UNION & "more" <b>', es: 'UNIÓN', fr: 'L’UNION' },
      logline: 'One plain sentence.',
      synopsis: { short: { es: 'Sólo en español' }, long: '\n# Heading\r\n\r\n- a list\r\n\ttabbed\n\n' },
      year: 2024,
      runtime_minutes: 102,
      countries: ['US', 'CA'],
      languages: ['en', 'pt-BR'],
      rating: 'two\nlines',
      status: { en: 'In release', es: '' },
      site_languages: ['en', 'es'],
      timezone: 'America/New_York',
      currency: 'USD',
      accessibility: { captions: ['en'], audio_description: [], notes: 'مرحبا 🎬' },
      theme: { accent: '#C4361A', paper: '#f6f3ec', ink: '#141414', type: 'serif' },
      trailer: { url: 'https://example.org/trailer?a=1&b=2' },
    },
    laurels: [{ festival: 'Sundance', award: { en: 'Award', es: 'Premio' }, year: 2024 }],
    logos: [{ name: 'A mark', url: 'https://example.org' }],
    credits: [
      {
        heading: { en: 'Team', es: 'Equipo' },
        people: [
          { name: 'Stephen Maing', roles: ['Director', { en: 'Editor', es: 'Montaje' }], mark: 'p.g.a.' },
          { name: 'Nobody', roles: [] },
        ],
      },
    ],
    press: [
      { outlet: 'The Paper', critic: 'A. Critic', quote: 'Words', url: 'https://example.org', date: 2024 },
      { outlet: 'The Other', date: '2024-10', featured: false },
      { outlet: 'The Third', date: '2024', featured: true },
    ],
    take_action: {
      introduction: 'Act.',
      figures: [{ value: '10 %', label: 'of workers', source: { name: 'BLS', date: '2024-01-02' } }],
      actions: [{ kind: 'link', label: 'Sign', url: 'mailto:a@example.org', about: 'It helps.' }],
    },
    partners: { introduction: { en: 'With', es: 'Con' }, list: [{ name: 'Local 1', about: 'A union' }] },
    contact: {
      introduction: 'Write.',
      addresses: { press: 'press@example.org', general: 'hello@example.org' },
    },
    forms: {
      partner: {
        title: 'Partner',
        success: 'Thanks',
        fields: [
          {
            name: 'size',
            label: 'Size',
            kind: 'select',
            options: [{ value: 'a', label: { en: 'Small', es: 'Chico' } }],
            required: false,
          },
          { name: 'why', label: 'Why', kind: 'textarea', required: true, hint: 'Briefly' },
        ],
      },
      'union-local': { title: 'For locals' },
    },
    pages: [{ slug: 'about', title: 'About', body: '**Bold**' }],
  });
}
