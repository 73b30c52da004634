import { type FilmDocument, filmDocument } from '../../domain/film/index.ts';
import { filmZone } from './season-clock.ts';

/** The film that a season is made of. Everywhere where it says its name, it says that nobody made it. */
export function seasonDocument(slug: string): FilmDocument {
  return filmDocument.parse({
    film: {
      slug,
      title: 'The Long Light (demo)',
      logline: {
        en: 'A demo film: nobody made it, and everybody in its books is made up. Three night-shift workers fight to keep a cinema open.',
        es: 'Una película de muestra: nadie la hizo y toda la gente en sus libros es inventada. Tres personas del turno de noche luchan por mantener abierto un cine.',
      },
      synopsis: {
        long: {
          en: 'This season was **generated**, to show what Houselights does with one: the houses, the orders, the gifts and the people are made up. No mail is ever sent for it, and no money moves.\n\nThe story, if there were one: when the owners of a cinema sell it to a parking company, a projectionist, a cleaner and a night clerk open it again, first for one evening, then for good.',
          es: 'Esta temporada fue **generada** para mostrar lo que Houselights hace con una: las salas, los pedidos, los donativos y las personas son inventados. Nunca se envía ningún correo y no se mueve dinero.',
        },
      },
      ...{ year: 2026, runtime_minutes: 94, countries: ['US'], languages: ['en', 'es'] },
      status: { en: 'On a tour that never was', es: 'En una gira que nunca existió' },
      ...{ site_languages: ['en', 'es'], timezone: filmZone, currency: 'USD' },
      accessibility: { captions: ['en', 'es'] },
      theme: { accent: '#9a3412', paper: '#f7f2ea', ink: '#1a1511', type: 'serif' },
    },
    laurels: [
      { festival: 'Demo Festival of Working Life', award: 'Audience Award', year: 2026 },
      { festival: 'Made-up Film Days', year: 2026 },
    ],
    credits: [{ heading: 'Nobody', people: [{ name: 'No one at all', roles: ['Director'] }] }],
    contact: { addresses: { general: 'demo@example.org' } },
  });
}

/** What a season's film is called in its addresses: the first that is free. */
export const seasonSlug = (number: number): string =>
  number === 1 ? 'demo-season' : `demo-season-${number}`;
