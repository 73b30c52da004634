import { renderToStaticMarkup } from 'react-dom/server';
import { Refusal } from '../../../platform/refusal.ts';
import { Markdown } from '../../../ui/components/markdown.tsx';
import type { DeskContext } from '../desk.ts';
import { ThemeSample } from './pages/theme-sample.tsx';
import { readValues } from './upload/read-sent.ts';

const textCharactersMax = 60_000;

/** A text as the site's own renderer shows it, for the preview beside the field. */
export async function previewText(c: DeskContext): Promise<Response> {
  const values = await readValues(c.req.raw);
  const text = values.get('text') ?? '';
  if (values.size !== 1 || text.length > textCharactersMax) throw new Refusal('form_unreadable');
  return fragment(c, renderToStaticMarkup(<Markdown text={text} />));
}

/** The sample and the contrasts of a theme that is being typed. */
export async function previewTheme(c: DeskContext): Promise<Response> {
  const values = await readValues(c.req.raw);
  const [paper = '', ink = '', accent = '', type = ''] = ['paper', 'ink', 'accent', 'type'].map(
    (name) => values.get(name)?.slice(0, 40) ?? '',
  );
  if (values.size > 4) throw new Refusal('unknown_field');
  const sample = <ThemeSample typed={{ paper, ink, accent, type }} title={c.var.desk.film.title} />;
  return fragment(c, renderToStaticMarkup(sample));
}

/** A piece of a page, which is no page by itself and must never be opened as one. */
function fragment(c: DeskContext, html: string): Response {
  return c.body(html, 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
}
