import MarkdownIt, { type Token } from 'markdown-it';

const parser = new MarkdownIt('default', { html: false, linkify: false });

/** Markdown as the paragraphs of a text that any program can hold: lists keep their dots, links their address. */
export function plainParagraphs(markdown: string): string[] {
  const paragraphs: string[] = [];
  const lists: (number | null)[] = [];
  let lead = '';
  for (const token of parser.parse(markdown, {})) {
    if (token.type === 'bullet_list_open') lists.push(null);
    if (token.type === 'ordered_list_open') lists.push(Number(token.attrGet('start') ?? 1));
    if (/_list_close$/.test(token.type)) lists.pop();
    if (token.type === 'list_item_open') {
      const at = lists.at(-1) ?? null;
      lead = at === null ? '• ' : `${at}. `;
      if (at !== null) lists[lists.length - 1] = at + 1;
    }
    if (token.type === 'fence' || token.type === 'code_block') paragraphs.push(token.content.trimEnd());
    if (token.type !== 'inline') continue;
    paragraphs.push(lead + inlineText(token.children ?? []));
    lead = '';
  }
  return paragraphs.filter((paragraph) => paragraph.trim() !== '');
}

function inlineText(tokens: readonly Token[]): string {
  let text = '';
  const addresses: string[] = [];
  for (const token of tokens) {
    if (token.type === 'text' || token.type === 'code_inline' || token.type === 'image')
      text += token.content;
    if (token.type === 'softbreak') text += ' ';
    if (token.type === 'hardbreak') text += '\n';
    if (token.type === 'link_open') addresses.push(String(token.attrGet('href') ?? ''));
    if (token.type === 'link_close') {
      const address = addresses.pop() ?? '';
      if (/^(https?:|mailto:)/.test(address) && !text.endsWith(address))
        text += ` (${address.replace(/^mailto:/, '')})`;
    }
  }
  return text;
}
