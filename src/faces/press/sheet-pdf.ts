import PDFDocument from 'pdfkit';
import type { Temporal } from 'temporal-polyfill';
import { contrast, type Theme } from '../../domain/film/document/theme.ts';
import { collectPdf, universal } from '../../ui/pdf/document.ts';
import { facesFor } from '../../ui/pdf/fonts.ts';
import {
  artifact,
  type Colours,
  feet,
  figure,
  type Page,
  pageOf,
  pairs,
  say,
  sayFitting,
  section,
} from '../../ui/pdf/pdf-page.ts';
import { readable } from '../../ui/theme-css.ts';
import { words } from '../../ui/words/index.ts';
import type { Sheet } from './sheet.ts';
import { kitWords } from './words.ts';

export type SheetLook = {
  readonly theme: Theme;
  /** The hero, already cut to `heroShape`; null where the film has none. */
  readonly hero: { readonly bytes: Buffer; readonly alt: string; readonly credit: string } | null;
  /** In the Americas people print on Letter. */
  readonly paper: 'LETTER' | 'A4';
  readonly madeAt: Temporal.Instant;
};

/** The picture across the sheet's head, in pixels: 220 to an inch of Letter. */
export const heroShape = { width: 1_836, height: 700 };

/** The sheet as a tagged PDF: the same bytes for the same film, read in order by a screen reader. */
export async function sheetPdf(sheet: Sheet, look: SheetLook): Promise<Buffer> {
  const faces = await facesFor(look.theme.type, JSON.stringify(sheet));
  const made = new Date(look.madeAt.epochMilliseconds);
  const own = kitWords(sheet.language);
  const document = new PDFDocument({
    size: look.paper,
    margins: { top: 54, bottom: 64, left: 54, right: 54 },
    pdfVersion: '1.7',
    ...universal,
    tagged: true,
    lang: sheet.language,
    displayTitle: true,
    bufferPages: true,
    info: { Title: `${sheet.title} · ${own.sheet}`, Author: sheet.title, CreationDate: made, ModDate: made },
  });
  const bytes = collectPdf(document);
  const page = pageOf(document, faces, coloursOf(look.theme));
  drawHead(page, sheet, look);
  drawFilm(page, sheet);
  drawPeople(page, sheet);
  drawPress(page, sheet);
  feet(page, sheet.title, own.page);
  document.end();
  return await bytes;
}

function coloursOf({ paper, ink, accent }: Theme): Colours {
  // Printed on white, whichever way round the site is: the darker of the two is the ink.
  const dark = contrast(ink, '#ffffff') >= contrast(paper, '#ffffff') ? ink : paper;
  return { ink: readable(dark, '#ffffff', 12), accent: readable(accent, '#ffffff'), quiet: '#5c5a56' };
}

function drawHead(page: Page, sheet: Sheet, { hero }: SheetLook): void {
  const { document, colours } = page;
  const full = document.page.width;
  const height = hero === null ? 0 : Math.round((full * heroShape.height) / heroShape.width);
  if (hero !== null)
    figure(page, hero.alt, [0, 0, full, height], () =>
      document.image(hero.bytes, 0, 0, { width: full, height }),
    );
  artifact(page, () => document.rect(0, height, full, 7).fill(colours.accent));
  document.y = height + 14;
  if (hero !== null) say(page, 'Caption', hero.credit, { size: 7.5, colour: colours.quiet, align: 'right' });
  document.y = height + 34;
  sayFitting(page, 'H1', sheet.title, 84);
  page.document.y += 8;
  say(page, 'P', sheet.line, { voice: 'strong', size: 10, colour: colours.accent, after: 8 });
  say(page, 'P', sheet.logline, { size: 15, lineGap: 3, after: 20 });
}

function drawFilm(page: Page, sheet: Sheet): void {
  const { facts: names, sections } = words(sheet.language).site;
  if (sheet.facts.length > 0)
    section(page, names.title, () =>
      pairs(
        page,
        sheet.facts.map(({ name, value }) => [name, value]),
      ),
    );
  if (sheet.synopsisShort !== '' || sheet.synopsisLong.length > 0)
    section(page, names.synopsis, () => {
      say(page, 'P', sheet.synopsisShort, { voice: 'strong', size: 10.5, lineGap: 2.5, after: 9 });
      for (const paragraph of sheet.synopsisLong)
        say(page, 'P', paragraph, { size: 10.5, lineGap: 2.5, after: 7 });
    });
  if (sheet.laurels.length > 0)
    section(page, sections.laurels, () => {
      for (const laurel of sheet.laurels) say(page, 'P', laurel, { size: 10.5, after: 3 });
    });
}

function drawPeople(page: Page, sheet: Sheet): void {
  if (sheet.credits.length === 0) return;
  section(page, words(sheet.language).site.sections.credits, () => {
    for (const { heading, people } of sheet.credits) {
      say(page, 'H3', heading, {
        voice: 'strong',
        size: 8.5,
        colour: page.colours.accent,
        after: 3,
        keep: 48,
      });
      const rows = people.map(
        ({ name, mark, roles }) => [mark === '' ? name : `${name}, ${mark}`, roles.join(', ')] as const,
      );
      if (rows.some(([, roles]) => roles !== '')) pairs(page, rows);
      else say(page, 'P', rows.map(([name]) => unbroken(name)).join(' · '), { size: 9.5, lineGap: 3 });
      page.document.y += 9;
    }
  });
}

/** A name that a line does not break, unless it is as long as one. */
function unbroken(name: string): string {
  return name.length > 40 ? name : name.replaceAll(' ', '\u00a0');
}

function drawPress(page: Page, sheet: Sheet): void {
  const { sections } = words(sheet.language).site;
  const own = kitWords(sheet.language);
  if (sheet.press.length > 0)
    section(page, sections.press, () => {
      for (const { outlet, critic, date, quote, url } of sheet.press) {
        const source = [outlet, critic, date].filter(Boolean).join(', ');
        if (quote !== '')
          say(page, 'BlockQuote', own.quote(quote), { size: 11.5, lineGap: 2, after: 2, keep: 52 });
        say(page, 'P', source, {
          voice: 'strong',
          size: 9.5,
          after: quote === '' ? 3 : 9,
          ...(url === '' ? {} : { link: url }),
        });
      }
    });
  section(page, sections.contact, () => {
    const addresses = sheet.contact.map(({ name, address }) => [name, address] as const);
    pairs(page, [...addresses, [own.site, sheet.site]], (value) =>
      value.includes('@') ? `mailto:${value}` : value,
    );
  });
}
