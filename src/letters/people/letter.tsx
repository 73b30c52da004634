import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

/** A short mail with one link in it, as both kinds of mail programs show it. */
export type LinkLetter = {
  readonly subject: string;
  readonly greeting: string;
  /** What this is about, before the link. */
  readonly about: readonly string[];
  readonly link: { readonly href: string; readonly words: string };
  /** How long it is good, and what to do when it was not asked for. */
  readonly after: readonly string[];
};

/** The two bodies and the subject of a letter, from the same words. */
export function written(letter: LinkLetter): { subject: string; text: string; html: string } {
  const { subject, greeting, about, link, after } = letter;
  const text = [greeting, ...about, `${link.words}:\n${link.href}`, ...after].join('\n\n');
  return {
    subject,
    text: `${text}\n`,
    html: `<!doctype html>${renderToStaticMarkup(<LetterPage {...letter} />)}`,
  };
}

// Mail programs know no stylesheets: a mail's own marks are the only ones that they all keep.
const body = { fontFamily: 'system-ui, sans-serif', fontSize: '16px', lineHeight: '1.5', maxWidth: '36em' };
const button = {
  display: 'inline-block',
  padding: '10px 18px',
  background: '#1d4ed8',
  color: '#ffffff',
  textDecoration: 'none',
};

function LetterPage({ subject, greeting, about, link, after }: LinkLetter): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>{subject}</title>
      </head>
      <body style={body}>
        <p>{greeting}</p>
        {about.map((words) => (
          <p key={words}>{words}</p>
        ))}
        <p>
          <a href={link.href} style={button}>
            {link.words}
          </a>
        </p>
        <p>
          If the button does not work, copy this address into your browser:
          <br />
          {link.href}
        </p>
        {after.map((words) => (
          <p key={words}>{words}</p>
        ))}
      </body>
    </html>
  );
}
