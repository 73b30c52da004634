import type { ReactElement, ReactNode } from 'react';
import { inLanguage, type Text } from '../../../domain/film/document/text.ts';
import { Bar, nameOfLanguage, SkipLink } from '../../../ui/components/bar.tsx';
import { Document } from '../../../ui/components/document.tsx';
import { Icon } from '../../../ui/components/icon.tsx';
import { formPath, pagePath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { themeFile } from './theme-file.ts';

/** A text of the film in the page's language. */
export function say(model: PageModel, text: Text | undefined): string {
  return inLanguage(text, model.language, defaultLanguage(model));
}

/** The language whose pages carry no language in their path. */
export function defaultLanguage({ document }: PageModel): string {
  return document.film.site_languages[0] ?? 'en';
}

/** The path of another page of this film, in the page's language or in the one asked for. */
export function pathTo(model: PageModel, path: string, language = model.language): string {
  return pagePath({ base: model.base, language, defaultLanguage: defaultLanguage(model) }, path);
}

/** The absolute address of a page, at the film's canonical host: what search engines and other sites keep. */
export function canonicalUrl(model: PageModel, path: string, language = model.language): string {
  const { origin, canonicalBase: base } = model;
  return origin + pagePath({ base, language, defaultLanguage: defaultLanguage(model) }, path);
}

export type SitePageProps = {
  readonly model: PageModel;
  /** The page's own name; the film's is added. Null on the front page, which is the film's. */
  readonly title: string | null;
  readonly description?: string;
  /** Names of islands in src/ui/islands; none, and the page carries no script. */
  readonly islands?: readonly string[];
  /** Already escaped by `structuredData`. */
  readonly structured?: string;
  /** Set on pages that no search engine should keep: a form's answer, a failure. */
  readonly isHidden?: boolean;
  /** The share card's path below the film's base, where the page has its own. */
  readonly cardPath?: string;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Every public page of a film: shell, bar, content, foot. */
export function SitePage(props: SitePageProps): ReactElement {
  const { model, title, description, islands, structured, isHidden = false, children, className } = props;
  const { document, language, base, path, preview } = model;
  const { site } = words(language);
  const filmTitle = say(model, document.film.title);
  const fullTitle = title === null ? frontTitle(model, filmTitle) : `${title} · ${filmTitle}`;
  const isKept = !isHidden && preview === null;
  const languages = document.film.site_languages;
  return (
    <Document
      language={language}
      title={fullTitle}
      description={description}
      canonical={isKept ? canonicalUrl(model, path) : null}
      alternates={
        isKept ? languages.map((other) => ({ language: other, href: canonicalUrl(model, path, other) })) : []
      }
      siteName={filmTitle}
      card={{ href: canonicalUrl(model, props.cardPath ?? '/share/film.png'), alt: fullTitle }}
      icons={base}
      theme={base + themeFile(document, model.files).path}
      feeds={[
        { href: pathTo(model, '/screenings.ics'), title: site.foot.calendar, mime: 'text/calendar' },
        { href: pathTo(model, '/screenings.rss'), title: site.foot.rss, mime: 'application/rss+xml' },
      ]}
      {...(islands === undefined ? {} : { islands })}
      structured={structured}
    >
      <SkipLink label={site.bar.skip} />
      <SiteBar model={model} title={filmTitle} />
      {preview === null ? null : (
        <p className="preview-strip" role="status">
          {site.preview[preview.by](preview.revisionNumber)}
        </p>
      )}
      <main id="content" tabIndex={-1} className={className}>
        {children}
      </main>
      <SiteFoot model={model} title={filmTitle} />
    </Document>
  );
}

function frontTitle({ document }: PageModel, title: string): string {
  return document.film.year === undefined ? title : `${title} (${document.film.year})`;
}

function SiteBar({ model, title }: { readonly model: PageModel; readonly title: string }): ReactElement {
  const { site } = words(model.language);
  const { path, document } = model;
  const link = (to: string, label: string): { href: string; label: string; isCurrent: boolean } => ({
    href: pathTo(model, to),
    label,
    isCurrent: path === to || path.startsWith(`${to}/`),
  });
  return (
    <Bar
      home={{ href: pathTo(model, '/'), label: title, isCurrent: path === '/' }}
      label={site.bar.label}
      links={[
        ...(document.film.trailer === undefined
          ? []
          : [{ href: `${pathTo(model, '/')}#watch`, label: site.bar.watch }]),
        link('/screenings', site.bar.screenings),
        link(formPath('host'), site.bar.host),
        link('/press', site.bar.press),
        link('/act', site.bar.act),
      ]}
      languages={document.film.site_languages.map((language) => ({
        language,
        href: pathTo(model, path, language),
        isCurrent: language === model.language,
      }))}
      languagesLabel={site.bar.languages}
    />
  );
}

function SiteFoot({ model, title }: { readonly model: PageModel; readonly title: string }): ReactElement {
  const { site } = words(model.language);
  const { document } = model;
  const links = [
    ['/screenings', site.foot.screenings],
    ['/press', site.foot.press],
    ['/act', site.foot.act],
    ['/partners', site.foot.partners],
    ['/contact', site.foot.contact],
    ...(document.pages ?? []).map((page) => [`/${page.slug}`, say(model, page.title)]),
  ] as const;
  return (
    <footer className="foot">
      <p className="foot-title">{title}</p>
      <ul className="foot-links">
        {links.map(([to = '/', label]) => (
          <li key={to}>
            <a href={pathTo(model, to)}>{label}</a>
          </li>
        ))}
      </ul>
      <ul className="foot-links">
        <li>
          <a href={pathTo(model, '/screenings.ics')}>
            <Icon name="calendar" /> {site.foot.calendar}
          </a>
        </li>
        <li>
          <a href={pathTo(model, '/screenings.rss')}>
            <Icon name="feed" /> {site.foot.rss}
          </a>
        </li>
        {document.film.site_languages.length < 2
          ? null
          : document.film.site_languages.map((language) => (
              <li key={language}>
                <a href={pathTo(model, model.path, language)} hrefLang={language} lang={language}>
                  {nameOfLanguage(language, language)}
                </a>
              </li>
            ))}
      </ul>
      <p className="foot-colophon">
        {site.foot.colophon} {site.foot.noCookies}
      </p>
    </footer>
  );
}
