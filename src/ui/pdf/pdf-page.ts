import { type Face, runsOf, type Voice } from './fonts.ts';

type PdfDocument = PDFKit.PDFDocument;
type Column = { readonly left: number; readonly width: number };

export type Colours = { readonly ink: string; readonly accent: string; readonly quiet: string };

export type Saying = {
  readonly voice?: Voice;
  readonly size?: number;
  readonly colour?: string;
  readonly lineGap?: number;
  /** Points left free below. */
  readonly after?: number;
  /** A new page is begun where less than this is left. */
  readonly keep?: number;
  readonly link?: string;
  readonly align?: 'left' | 'right';
};

/** A PDF's pages: one column of text, with a label beside it in sections. Every mark on them is tagged. */
export type Page = {
  readonly document: PdfDocument;
  readonly root: PDFKit.PDFStructureElement;
  readonly faces: readonly Face[];
  readonly colours: Colours;
  readonly whole: Column;
  /** Where text stands now. */
  column: Column;
};

const labelWidth = 118;
const gutter = 14;
const nameShare = 0.42;

export function pageOf(document: PdfDocument, faces: readonly Face[], colours: Colours): Page {
  for (const { voice, script, bytes } of faces) document.registerFont(`${voice} ${script}`, bytes);
  const root = document.struct('Document');
  document.addStructure(root);
  const { left, right } = document.page.margins;
  const whole = { left, width: document.page.width - left - right };
  return { document, root, faces, colours, whole, column: whole };
}

/** A paragraph, a heading, a quotation, in the current column. */
export function say(page: Page, tag: string, words: string, how: Saying = {}): void {
  if (words === '') return;
  keep(page, how.keep ?? 24);
  addTagged(page, page.root, tag, words, how, page.column);
  page.document.y += how.after ?? 0;
}

/** A title on one line if it fits, never larger than `sizeMax`. */
export function sayFitting(page: Page, tag: string, words: string, sizeMax: number): void {
  let width = 0;
  for (const run of runsOf(words))
    width += setFont(page, 'display', run.script).fontSize(sizeMax).widthOfString(run.words);
  const size = Math.max(30, Math.min(sizeMax, (sizeMax * page.whole.width) / width));
  const how = { voice: 'display', size, lineGap: -size * 0.14 } as const;
  addTagged(page, page.root, tag, words, how, page.whole);
}

/** A label at the left with a rule above, and what `fill` says at its right. */
export function section(page: Page, title: string, fill: () => void): void {
  const { document, whole, colours } = page;
  keep(page, 96);
  artifact(page, () => {
    document
      .moveTo(whole.left, document.y)
      .lineTo(whole.left + whole.width, document.y)
      .lineWidth(0.75);
    document.stroke(colours.ink);
  });
  const top = document.y + 12;
  document.y = top;
  const label = { left: whole.left, width: labelWidth };
  addTagged(page, page.root, 'H2', title, { voice: 'strong', size: 10.5 }, label);
  document.y = top;
  page.column = { left: whole.left + labelWidth + gutter, width: whole.width - labelWidth - gutter };
  fill();
  page.column = whole;
  document.y += 14;
}

/** Names with what belongs to them, as a list whose labels are the names. */
export function pairs(
  page: Page,
  rows: readonly (readonly [name: string, value: string])[],
  linkOf?: (value: string) => string,
): void {
  const { document } = page;
  const { left, width } = page.column;
  const first = Math.round(width * nameShare);
  const list = document.struct('L');
  page.root.add(list);
  for (const [name, value] of rows) {
    keep(page, 28);
    const [top, sheet] = [document.y, document.page];
    const item = document.struct('LI');
    list.add(item);
    const nameColumn = { left, width: value === '' ? width : first - 8 };
    addTagged(page, item, value === '' ? 'LBody' : 'Lbl', name, { voice: 'strong', size: 9.5 }, nameColumn);
    const below = document.y;
    if (value !== '') {
      if (document.page === sheet) document.y = top;
      const how = { size: 9.5, ...(linkOf && { link: linkOf(value) }) };
      addTagged(page, item, 'LBody', value, how, { left: left + first, width: width - first });
      if (document.page === sheet) document.y = Math.max(document.y, below);
    }
    item.end();
    document.y += 2;
  }
  list.end();
}

/** A picture that says something; `box` in points from the top left. */
export function figure(
  { document, root }: Page,
  alt: string,
  box: readonly [number, number, number, number],
  draw: () => void,
): void {
  const options: object = { alt, placement: 'Block', bbox: box };
  const element = document.struct('Figure', options, draw);
  root.add(element);
  element.end();
}

/** Decoration, which a screen reader passes over. */
export function artifact({ document }: Page, draw: () => void): void {
  document.markContent('Artifact', { type: 'Layout' });
  draw();
  document.endMarkedContent();
}

/** The same two lines at the foot of every page. */
export function feet(page: Page, title: string, words: (number: number, of: number) => string): void {
  const { document, colours, whole } = page;
  const { start, count } = document.bufferedPageRange();
  for (let at = start; at < start + count; at += 1) {
    document.switchToPage(at);
    // Text below the margin would begin another page.
    document.page.margins.bottom = 0;
    document.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    for (const [line, align] of [
      [title, 'left'],
      [words(at + 1, count), 'right'],
    ] as const) {
      document.y = document.page.height - 40;
      setText(page, line, { size: 8, colour: colours.quiet, align }, whole);
    }
    document.endMarkedContent();
  }
}

function keep({ document }: Page, points: number): void {
  if (document.y + points > document.page.height - document.page.margins.bottom) document.addPage();
}

function addTagged(
  page: Page,
  parent: PDFKit.PDFStructureElement,
  tag: string,
  words: string,
  how: Saying,
  column: Column,
): void {
  const { document } = page;
  const draw = (): void => setText(page, words, how, column);
  const element =
    how.link === undefined
      ? document.struct(tag, {}, draw)
      : document.struct(tag, {}, [document.struct('Link', { alt: words }, draw)]);
  parent.add(element);
  element.end();
}

function setText(page: Page, words: string, how: Saying, { left, width }: Column): void {
  const { voice = 'text', size = 10, colour = page.colours.ink, lineGap = 1.5, link, align = 'left' } = how;
  const runs = [...runsOf(words)];
  for (const [at, run] of runs.entries()) {
    const pen = setFont(page, voice, run.script).fontSize(size).fillColor(colour);
    const options = { width, lineGap, align, continued: at < runs.length - 1, ...(link && { link }) };
    if (at === 0) pen.text(run.words, left, pen.y, options);
    else pen.text(run.words, options);
  }
}

function setFont({ document, faces }: Page, voice: Voice, script: string): PdfDocument {
  const has = faces.some((face) => face.voice === voice && face.script === script);
  return document.font(`${voice} ${has ? script : 'latin'}`);
}
