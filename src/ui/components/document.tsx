import type { ReactElement, ReactNode } from 'react';
import { assets } from '../assets.ts';

export type DocumentProps = {
  readonly language: string;
  /** The whole title, as a tab and a search result show it. */
  readonly title: string;
  readonly description?: string | undefined;
  /** Absolute address of this page; null keeps it out of search engines. */
  readonly canonical: string | null;
  /** The same page in every language of the film, absolute; the first is the default. */
  readonly alternates?: readonly { readonly language: string; readonly href: string }[];
  readonly siteName?: string;
  /** The picture that a link to this page shows elsewhere. */
  readonly card?: {
    readonly href: string;
    readonly alt: string;
    readonly width?: number;
    readonly height?: number;
  };
  /** What stands before the film's icons; null: none. */
  readonly icons?: string | null;
  /** The film's own stylesheet, which contains ours; null: ours alone. */
  readonly theme: string | null;
  readonly feeds?: readonly { readonly href: string; readonly title: string; readonly mime: string }[];
  /** Names of the islands that this page needs; none, and the page has no script at all. */
  readonly islands?: readonly string[];
  /** What search engines read, already escaped by `jsonLd`. */
  readonly structured?: string | undefined;
  /** For rights-to-left languages this is found by itself. */
  readonly children: ReactNode;
};

const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ku-Arab|ps|sd|ug|ur|yi)(-|$)/;

/** Left to right or right to left, by the language's own script. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.test(language) ? 'rtl' : 'ltr';
}

/** The shell of every public page: head, stylesheets, and only the scripts that it names. */
export function Document(props: DocumentProps): ReactElement {
  const { language, title, theme, islands = [], structured, children } = props;
  const { css, island } = assets();
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{title}</title>
        <TitleFont />
        {(theme === null ? css : [theme]).map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <Icons base={props.icons ?? null} />
        <About {...props} />
        {islands.map((name) => (
          <script key={name} type="module" src={island(name)} />
        ))}
        {structured === undefined ? null : (
          // biome-ignore lint/security/noDangerouslySetInnerHtml: jsonLd leaves no character that could end the element
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: structured }} />
        )}
      </head>
      <body>{children}</body>
    </html>
  );
}

/**
 * The title's font alone is fetched before the stylesheet asks: on a slow line each further one takes its share of
 * what the stylesheet and the first picture need, and the page would be seen later.
 */
function TitleFont(): ReactElement | null {
  const { titleFont } = assets();
  if (titleFont === null) return null;
  return <link rel="preload" as="font" type="font/woff2" href={titleFont} crossOrigin="anonymous" />;
}

function Icons({ base }: { readonly base: string | null }): ReactElement | null {
  if (base === null) return null;
  return (
    <>
      <link rel="icon" href={`${base}/favicon.ico`} sizes="32x32" />
      <link rel="icon" href={`${base}/favicon.svg`} type="image/svg+xml" />
      <link rel="apple-touch-icon" href={`${base}/apple-touch-icon.png`} />
    </>
  );
}

function About({
  title,
  description,
  canonical,
  alternates = [],
  siteName,
  card,
  feeds = [],
}: DocumentProps): ReactElement {
  const [first] = alternates;
  return (
    <>
      {description === undefined || description === '' ? null : (
        <meta name="description" content={description} />
      )}
      {canonical === null ? (
        <meta name="robots" content="noindex" />
      ) : (
        <link rel="canonical" href={canonical} />
      )}
      {alternates.length < 2
        ? null
        : alternates.map(({ language, href }) => (
            <link key={language} rel="alternate" hrefLang={language} href={href} />
          ))}
      {alternates.length < 2 || first === undefined ? null : (
        <link rel="alternate" hrefLang="x-default" href={first.href} />
      )}
      {feeds.map(({ href, title: name, mime }) => (
        <link key={href} rel="alternate" type={mime} title={name} href={href} />
      ))}
      <meta property="og:title" content={title} />
      <meta property="og:type" content="website" />
      {description === undefined || description === '' ? null : (
        <meta property="og:description" content={description} />
      )}
      {siteName === undefined ? null : <meta property="og:site_name" content={siteName} />}
      {canonical === null ? null : <meta property="og:url" content={canonical} />}
      {card === undefined ? null : (
        <>
          <meta property="og:image" content={card.href} />
          <meta property="og:image:width" content={String(card.width ?? 1200)} />
          <meta property="og:image:height" content={String(card.height ?? 630)} />
          <meta property="og:image:alt" content={card.alt} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
    </>
  );
}
