import type { CSSProperties, ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Theme } from '../domain/film/index.ts';
import { directionOf } from '../ui/components/document.tsx';
import { darkPalette, lightPalette } from '../ui/theme-css.ts';

/** What a letter says, piece by piece. Texts are shown as they are: nothing in them is ever looked up or run. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Somebody's own words, with their line breaks, set apart. */
  | { readonly kind: 'quote'; readonly text: string }
  | {
      readonly kind: 'answers';
      readonly answers: readonly { readonly label: string; readonly shown: string }[];
    }
  /** `below` leads over to the address in words, for whom the button does nothing; a plain text has no button. */
  | { readonly kind: 'button'; readonly href: string; readonly label: string; readonly below: string }
  | { readonly kind: 'small'; readonly text: string };

export type LetterContent = {
  readonly language: string;
  /** Who writes, as the head of the letter: the film's title, mostly. */
  readonly title: string;
  readonly theme: Theme;
  readonly subject: string;
  readonly pieces: readonly Piece[];
};

/** A letter's subject and both of its bodies, made from the same pieces. */
export function written(content: LetterContent): { subject: string; text: string; html: string } {
  return {
    subject: content.subject,
    text: `${content.pieces.map(plain).join('\n\n')}\n\n-- \n${content.title}\n`,
    html: `<!doctype html>${renderToStaticMarkup(<LetterPage {...content} />)}`,
  };
}

function plain(piece: Piece): string {
  if (piece.kind === 'quote') return piece.text.replace(/^/gm, '> ');
  if (piece.kind === 'heading') return piece.text.toUpperCase();
  if (piece.kind === 'button') return `${piece.label}:\n${piece.href}`;
  if (piece.kind === 'answers')
    return piece.answers.map(({ label, shown }) => `${label}:\n${shown.replace(/^/gm, '  ')}`).join('\n\n');
  return piece.text;
}

// Mail programs keep the marks on each element and little else; the dark colours are for those that know more.
const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const wrap: CSSProperties = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' };

function LetterPage({ language, title, theme, subject, pieces }: LetterContent): ReactElement {
  const { paper, ink } = lightPalette(theme);
  const page: CSSProperties = { margin: 0, padding: '24px 16px', background: paper, color: ink };
  const column: CSSProperties = {
    maxWidth: '36em',
    margin: '0 auto',
    fontFamily: font,
    fontSize: '16px',
    lineHeight: 1.5,
  };
  const head: CSSProperties = {
    margin: '0 0 24px',
    paddingBottom: '12px',
    borderBottom: `3px solid ${ink}`,
    fontSize: '22px',
    fontWeight: 800,
  };
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style>{darkRules(theme)}</style>
      </head>
      <body className="page" style={page}>
        <div style={column}>
          <p className="head" style={head}>
            {title}
          </p>
          {pieces.map((piece, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never re-ordered
            <PieceOf key={at} piece={piece} theme={theme} />
          ))}
        </div>
      </body>
    </html>
  );
}

/** Colours only, each checked by the film's own schema to be `#rrggbb`. */
function darkRules(theme: Theme): string {
  const { paper, ink, quiet, accent, onAccent } = darkPalette(theme);
  return `@media (prefers-color-scheme: dark) {
.page { background: ${paper} !important; color: ${ink} !important }
.head, .quote { border-color: ${ink} !important }
.quiet { color: ${quiet} !important }
.button { background: ${accent} !important; color: ${onAccent} !important } }`;
}

function PieceOf({ piece, theme }: { readonly piece: Piece; readonly theme: Theme }): ReactElement {
  const { ink, quiet, accent, onAccent } = lightPalette(theme);
  const small: CSSProperties = { ...wrap, color: quiet, fontSize: '14px' };
  switch (piece.kind) {
    case 'words':
      return <p style={wrap}>{piece.text}</p>;
    case 'heading':
      return <h2 style={{ margin: '28px 0 8px', fontSize: '18px' }}>{piece.text}</h2>;
    case 'quote':
      return (
        <blockquote className="quote" style={quoted(ink)}>
          {piece.text}
        </blockquote>
      );
    case 'answers':
      return (
        <dl>
          {piece.answers.map(({ label, shown }) => (
            <div key={label} style={{ marginBottom: '12px' }}>
              <dt className="quiet" style={{ color: quiet, fontSize: '14px' }}>
                {label}
              </dt>
              <dd style={{ ...wrap, margin: 0 }} dir="auto">
                {shown}
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'button':
      return (
        <>
          <p style={{ margin: '24px 0' }}>
            <a className="button" href={piece.href} style={buttonLook(accent, onAccent)}>
              {piece.label}
            </a>
          </p>
          <p className="quiet" style={small}>
            {piece.below}
            <br />
            {piece.href}
          </p>
        </>
      );
    case 'small':
      return (
        <p className="quiet" style={small}>
          {piece.text}
        </p>
      );
  }
}

function quoted(ink: string): CSSProperties {
  return { ...wrap, margin: '16px 0', paddingLeft: '16px', borderLeft: `3px solid ${ink}` };
}

function buttonLook(accent: string, onAccent: string): CSSProperties {
  return {
    display: 'inline-block',
    padding: '12px 20px',
    background: accent,
    color: onAccent,
    fontWeight: 700,
    textDecoration: 'none',
  };
}
