import { pagePath } from '../../../ui/paths.ts';

/** A page of the site by its path below base and language. */
export type SitePath = { readonly path: string; readonly changedOn: string | null };

export type SitemapPlace = {
  readonly origin: string;
  readonly base: string;
  /** The default language first. */
  readonly languages: readonly string[];
};

// The protocol allows 50,000 addresses and 50 MB a file; with alternates in ten languages 5,000 are 10 MB.
export const addressesMax = 5_000;

/** How many files the pages take. */
export function sitemapParts(pages: readonly SitePath[], { languages }: SitemapPlace): number {
  return Math.max(1, Math.ceil(pages.length / pagesInPart(languages)));
}

/** One file of a sitemap, each page once a language, each with its other languages: https://www.sitemaps.org/protocol.html */
export function sitemapXml(pages: readonly SitePath[], place: SitemapPlace, part: number): string {
  const size = pagesInPart(place.languages);
  const shown = pages.slice((part - 1) * size, part * size);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...shown.flatMap((page) => urlsOf(page, place)),
    '</urlset>\n',
  ].join('\n');
}

/** The list of the files, where one does not hold all. */
export function sitemapIndexXml(parts: number, { origin, base }: SitemapPlace): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...Array.from(
      { length: parts },
      (_, at) => `<sitemap><loc>${escaped(`${origin}${base}/sitemap-${at + 1}.xml`)}</loc></sitemap>`,
    ),
    '</sitemapindex>\n',
  ].join('\n');
}

function pagesInPart(languages: readonly string[]): number {
  return Math.max(1, Math.floor(addressesMax / languages.length));
}

function urlsOf({ path, changedOn }: SitePath, { origin, base, languages }: SitemapPlace): string[] {
  const [defaultLanguage = 'en'] = languages;
  const address = (language: string): string =>
    escaped(origin + pagePath({ base, language, defaultLanguage }, path));
  const alternates =
    languages.length < 2
      ? ''
      : [...languages.map((language) => [language, language]), ['x-default', defaultLanguage]]
          .map(
            ([name = '', language = '']) =>
              `<xhtml:link rel="alternate" hreflang="${escaped(name)}" href="${address(language)}"/>`,
          )
          .join('');
  const changed = changedOn === null ? '' : `<lastmod>${escaped(changedOn)}</lastmod>`;
  return languages.map((language) => `<url><loc>${address(language)}</loc>${changed}${alternates}</url>`);
}

function escaped(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
