import MarkdownIt from 'markdown-it';

// No HTML, no pictures (they would have neither size nor alt text), no links that run.
const parser = new MarkdownIt('default', { html: false, linkify: false, typographer: false, maxNesting: 20 });
parser.disable('image');
parser.validateLink = (url) => /^(https?:\/\/|mailto:|\/(?!\/)|#)/i.test(url.trim());

parser.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  const token = tokens[at];
  if (token !== undefined && /^https?:/i.test(String(token.attrGet('href') ?? '')))
    token.attrSet('rel', 'noopener');
  return self.renderToken(tokens, at, options);
};
parser.renderer.rules.table_open = () => '<div class="scroll" tabindex="0"><table>';
parser.renderer.rules.table_close = () => '</table></div>';

// The highest heading of a text, whichever its team chose, stands just below the heading that the page gave it.
parser.core.ruler.push('shift-headings', ({ tokens, env }) => {
  const headings = tokens.filter(({ type }) => type === 'heading_open' || type === 'heading_close');
  const highest = Math.min(...headings.map(levelOf));
  const shift = Number((env as { headingsFrom?: number }).headingsFrom ?? 3) - highest;
  for (const token of headings) token.tag = `h${Math.min(6, levelOf(token) + shift)}`;
});

function levelOf({ tag }: { readonly tag: string }): number {
  return Number(tag.slice(1));
}

// A film's texts are few and asked for on every cold page; the bound is on characters, as texts may be essays.
const keptCharactersMax = 4_000_000;
const kept = new Map<string, string>();
let keptCharacters = 0;

/**
 * Markdown as safe HTML: no raw HTML, links to http(s), mailto and the site itself only. `headingsFrom` is
 * the level that the text's highest heading becomes.
 */
export function markdownHtml(text: string, headingsFrom = 3): string {
  const key = `${headingsFrom}${text}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const html = parser.render(text, { headingsFrom });
  if (keptCharacters + key.length + html.length > keptCharactersMax) {
    kept.clear();
    keptCharacters = 0;
  }
  kept.set(key, html);
  keptCharacters += key.length + html.length;
  return html;
}
