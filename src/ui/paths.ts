/** Where a page of a film's site stands: what `PageModel` says of itself, as far as links need it. */
export type SitePlace = {
  /** '' at the film's own host, '/films/union' elsewhere. */
  readonly base: string;
  readonly language: string;
  /** The first of the film's site languages; its pages carry no language in their path. */
  readonly defaultLanguage: string;
};

/** A page's path in the page's own language: `/screenings` is `/es/screenings` in Spanish. */
export function pagePath({ base, language, defaultLanguage }: SitePlace, path: string): string {
  const prefix = language === defaultLanguage ? base : `${base}/${language}`;
  if (path === '/') return prefix === '' ? '/' : prefix;
  return prefix + path;
}

/** Where a form is filled in: `/contact/host`. The newsletter's is `/newsletter`. */
export function formPath(name: string): string {
  return name === 'newsletter' ? '/newsletter' : `/contact/${name}`;
}
