import { z } from 'zod';
import { contact, creditGroup, form, laurel, logo, notice, page, partners, takeAction } from './campaign.ts';
import { picture, trailer } from './pictures.ts';
import { languageTag, lineText, markdownText, paragraphText, slug } from './text.ts';
import { theme } from './theme.ts';
import { isTimeZone } from './time-zone.ts';

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const timeZone = z.string().refine(isTimeZone, 'a time zone such as America/New_York');

export const country = z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 country such as US');
const currency = z.string().refine((value) => currencies.has(value), 'an ISO 4217 currency such as USD');

/** Words in the site's own addresses, which neither a page nor a language may take. */
export const reservedSlugs = new Set(
  `admin account api assets act calendar contact door embed fair feed films forms health host map media
   newsletter orders partners pages press preview robots screenings sign-in sitemap theme tickets watch`.split(
    /\s+/,
  ),
);

const record = z.strictObject({
  slug,
  title: lineText,
  logline: paragraphText.optional(),
  synopsis: z.strictObject({ short: paragraphText.optional(), long: markdownText.optional() }).optional(),
  year: z.number().int().min(1880).max(2200).optional(),
  runtime_minutes: z.number().int().min(1).max(6_000).optional(),
  countries: z.array(country).max(30).optional(),
  languages: z.array(languageTag).max(30).optional(),
  rating: lineText.optional(),
  status: lineText.optional(),
  site_languages: z.array(languageTag).min(1).max(20),
  timezone: timeZone,
  currency,
  accessibility: z
    .strictObject({
      captions: z.array(languageTag).max(50).optional(),
      audio_description: z.array(languageTag).max(50).optional(),
      notes: paragraphText.optional(),
    })
    .optional(),
  theme: theme.optional(),
  hero: picture.optional(),
  poster: picture.optional(),
  trailer: trailer.optional(),
  stills: z.array(picture).max(200).optional(),
});

const formName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a lower-case name such as press');

/**
 * Everything that a film says of itself, as one document: what a revision holds, what the admin edits,
 * what `film.yaml` carries beside its screenings. Keys are those of the film folder's format.
 */
export const filmDocument = z
  .strictObject({
    film: record,
    laurels: z.array(laurel).max(200).optional(),
    logos: z.array(logo).max(200).optional(),
    credits: z.array(creditGroup).max(100).optional(),
    press: z.array(notice).max(1_000).optional(),
    take_action: takeAction.optional(),
    partners: partners.optional(),
    contact: contact.optional(),
    forms: z.record(formName, form).optional(),
    pages: z.array(page).max(200).optional(),
  })
  .check((check) => {
    const { film, pages = [] } = check.value;
    for (const issue of [
      ...whyNotPages(pages, film.site_languages),
      ...whyNotLanguages(film.site_languages),
    ]) {
      check.issues.push({ code: 'custom', input: check.value, ...issue });
    }
  });
export type FilmDocument = z.infer<typeof filmDocument>;

type Why = { path: (string | number)[]; message: string };

function* whyNotPages(pages: readonly { slug: string }[], languages: readonly string[]): Generator<Why> {
  const seen = new Set<string>();
  for (const [at, { slug }] of pages.entries()) {
    const path = ['pages', at, 'slug'];
    if (seen.has(slug)) yield { path, message: `a slug of its own (${slug} is taken by another page)` };
    if (reservedSlugs.has(slug) || languages.includes(slug)) {
      yield { path, message: `another slug (${slug} is an address of the site itself)` };
    }
    seen.add(slug);
  }
}

function* whyNotLanguages(languages: readonly string[]): Generator<Why> {
  const seen = new Set<string>();
  for (const [at, language] of languages.entries()) {
    if (seen.has(language)) yield { path: ['film', 'site_languages', at], message: 'each language once' };
    seen.add(language);
  }
}

export { actionKinds, type Form, type FormField, fieldKinds } from './campaign.ts';
export {
  filePath,
  inLanguage,
  type Text,
} from './text.ts';
export { contrast, contrastMin, plainTheme, type Theme, typePairings } from './theme.ts';
