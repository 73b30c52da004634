import { contrast, contrastMin, type Theme } from '../domain/film/document/theme.ts';
import { toHex, toOklch } from './colour.ts';
import { fitRules } from './title-fit.ts';

/** Colours of one scheme. Every pair that carries words has a contrast of at least 4.5:1. */
export type Palette = {
  readonly paper: string;
  readonly ink: string;
  readonly accent: string;
  /** Words on the accent. */
  readonly onAccent: string;
  /** Second voice: captions, sources. */
  readonly quiet: string;
  /** The dark band, as behind the credits, and what is set on it. */
  readonly band: string;
  readonly onBand: string;
  readonly bandQuiet: string;
  readonly bandMark: string;
};

/** The second voice is also set on --sheet, which lies 4 % of ink nearer to it. */
const quietContrast = contrastMin + 0.9;

/** The film's palette by day. The document has already refused ink or accent that cannot be read on paper. */
export function lightPalette({ paper, ink, accent }: Theme): Palette {
  const isPaperLight = toOklch(paper).lightness >= toOklch(ink).lightness;
  const band = isPaperLight ? ink : dim(ink, 0.2);
  const onBand = isPaperLight ? paper : readable(paper, band, 12);
  return {
    paper,
    ink,
    accent: readable(accent, paper),
    onAccent: readable(paper, readable(accent, paper)),
    quiet: quietOn(paper, ink),
    band,
    onBand,
    bandQuiet: quietOn(band, onBand),
    bandMark: readable(accent, band),
  };
}

/**
 * The same film in a dark room: its paper goes down, its ink comes up, its accent follows until it reads.
 * The band stays the deepest tone, so that a hero picture made for it still melts into it.
 */
export function darkPalette(theme: Theme): Palette {
  const { paper, ink, accent } = theme;
  const [lighter, darker] = toOklch(paper).lightness >= toOklch(ink).lightness ? [paper, ink] : [ink, paper];
  const darkPaper = dim(darker, Math.max(0.235, Math.min(0.27, toOklch(darker).lightness + 0.05)));
  const from = toOklch(lighter);
  const darkInk = toHex({ ...from, lightness: 0.94, chroma: Math.min(from.chroma, 0.03) });
  const { band, onBand, bandQuiet, bandMark } = lightPalette(theme);
  const darkAccent = readable(accent, darkPaper);
  return {
    paper: darkPaper,
    ink: darkInk,
    accent: darkAccent,
    onAccent: readable(dim(darker, 0.17), darkAccent),
    quiet: quietOn(darkPaper, darkInk),
    band,
    onBand,
    bandQuiet,
    bandMark,
  };
}

/** A colour's own tint, at a lightness that a dark room bears. */
function dim(hex: string, lightness: number): string {
  const { chroma, hue } = toOklch(hex);
  return toHex({ lightness, chroma: Math.min(chroma, 0.04), hue });
}

/** The colour nearest to the one asked for that reads on the ground; same hue, other lightness. */
export function readable(hex: string, ground: string, wanted = contrastMin): string {
  if (contrast(hex, ground) >= wanted) return hex;
  const { lightness, chroma, hue } = toOklch(hex);
  const isUp = contrast('#ffffff', ground) >= contrast('#000000', ground);
  for (let step = 1; step <= 100; step += 1) {
    const moved = lightness + ((isUp ? 1 - lightness : -lightness) * step) / 100;
    const tried = toHex({ lightness: moved, chroma, hue });
    if (contrast(tried, ground) >= wanted) return tried;
  }
  return isUp ? '#ffffff' : '#000000';
}

/** Ink drawn back towards the ground, as far as it still reads. */
function quietOn(ground: string, ink: string): string {
  const from = toOklch(ink);
  const to = toOklch(ground);
  for (let step = 38; step > 0; step -= 2) {
    const share = step / 100;
    const tried = toHex({
      lightness: from.lightness + (to.lightness - from.lightness) * share,
      chroma: from.chroma * (1 - share) + to.chroma * share,
      hue: from.hue,
    });
    if (contrast(tried, ground) >= quietContrast) return tried;
  }
  return ink;
}

export type ThemedPicture = {
  readonly sha256: string;
  readonly colour: string | null;
  readonly focus?: readonly [number, number] | undefined;
};

/** The class that ties a picture to its rule in the film's stylesheet. */
export function pictureClass({ sha256 }: Pick<ThemedPicture, 'sha256'>): string {
  return `p-${sha256.slice(0, 12)}`;
}

/**
 * The film's own stylesheet: its colours by day and by night, its type, and for each picture the colour
 * that keeps its place and the point that a crop keeps; for each title, in each language, how wide it
 * runs. A file, because no page carries inline style.
 */
export function themeCss(
  theme: Theme,
  pictures: Iterable<ThemedPicture>,
  titles: Iterable<string> = [],
): string {
  const type = theme.type === 'serif' ? '--text:"Reading","Reading Fallback",Georgia,serif;' : '';
  const rules = [
    `:root{${properties(lightPalette(theme))}--film-plate:${lighterOf(theme)};${type}}`,
    `@media (prefers-color-scheme:dark){:root{${properties(darkPalette(theme))}}}`,
    ...new Set(pictureRules(pictures)),
    ...fitRules(titles),
  ];
  return `@layer theme{\n${rules.join('\n')}\n}\n`;
}

/** What a logo made for white paper may stand on in a dark room. */
function lighterOf({ paper, ink }: Theme): string {
  return toOklch(paper).lightness >= toOklch(ink).lightness ? paper : ink;
}

function properties(palette: Palette): string {
  const { paper, ink, accent, onAccent, quiet, band, onBand, bandQuiet, bandMark } = palette;
  return [
    `--film-paper:${paper}`,
    `--film-ink:${ink}`,
    `--film-accent:${accent}`,
    `--film-on-accent:${onAccent}`,
    `--film-quiet:${quiet}`,
    `--film-band:${band}`,
    `--film-on-band:${onBand}`,
    `--film-band-quiet:${bandQuiet}`,
    `--film-band-mark:${bandMark};`,
  ].join(';');
}

function* pictureRules(pictures: Iterable<ThemedPicture>): Generator<string> {
  for (const { sha256, colour, focus } of pictures) {
    if (!/^[0-9a-f]{12,64}$/.test(sha256)) continue;
    const name = `.${pictureClass({ sha256 })}`;
    if (colour !== null && /^#[0-9a-f]{6}$/i.test(colour)) yield `${name}{background-color:${colour}}`;
    if (focus !== undefined) yield `${name}{object-position:${percent(focus[0])} ${percent(focus[1])}}`;
  }
}

function percent(fraction: number): string {
  return `${Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10}%`;
}
