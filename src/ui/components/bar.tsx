import type { ReactElement } from 'react';

export type BarLink = { readonly href: string; readonly label: string; readonly isCurrent?: boolean };

export type BarProps = {
  /** The film's title, which leads home. */
  readonly home: BarLink;
  readonly label: string;
  readonly links: readonly BarLink[];
  readonly languages: readonly {
    readonly language: string;
    readonly href: string;
    readonly isCurrent: boolean;
  }[];
  readonly languagesLabel: string;
};

/** The first thing that a keyboard reaches. */
export function SkipLink({ label }: { readonly label: string }): ReactElement {
  return (
    <a className="skip" href="#content">
      {label}
    </a>
  );
}

/** The quiet bar that stays on top: where one is, and the five things one came for. */
export function Bar({ home, label, links, languages, languagesLabel }: BarProps): ReactElement {
  return (
    <header className="bar">
      <a className="bar-home" href={home.href} aria-current={home.isCurrent ? 'page' : undefined}>
        {home.label}
      </a>
      <nav className="bar-links" aria-label={label}>
        {links.map(({ href, label: words, isCurrent }) => (
          <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      {languages.length < 2 ? null : (
        <nav className="bar-languages" aria-label={languagesLabel}>
          {languages
            .filter(({ isCurrent }) => !isCurrent)
            .map(({ language, href }) => (
              <a key={language} href={href} hrefLang={language} lang={language}>
                {nameOfLanguage(language, language)}
              </a>
            ))}
        </nav>
      )}
    </header>
  );
}

const languageNames = new Map<string, string>();

/** What a language is called in another, or in itself: `Español`. */
export function nameOfLanguage(language: string, inLanguage: string): string {
  const key = `${inLanguage}|${language}`;
  const kept = languageNames.get(key);
  if (kept !== undefined) return kept;
  if (languageNames.size >= 1_000) languageNames.clear();
  const name = new Intl.DisplayNames(inLanguage, { type: 'language' }).of(language) ?? language;
  const capital = name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
  languageNames.set(key, capital);
  return capital;
}
