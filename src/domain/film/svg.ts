import { SaxesParser } from 'saxes';
import { measureGrowth } from './svg-growth.ts';

// What a still drawing needs. Anything that runs, loads, animates links or embeds HTML is not on the list.
const elements = new Set(
  `svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
   linearGradient radialGradient stop pattern clipPath mask marker filter image style metadata switch
   feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
   feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
   feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`.split(/\s+/),
);
const nestingMax = 100;
const elementsMax = 200_000;
const pieceCharacters = 4_096;

const svgNamespace = 'http://www.w3.org/2000/svg';
const htmlNamespace = 'http://www.w3.org/1999/xhtml';

/**
 * Why an SVG may not be kept, in words that finish "This drawing …"; null when it is a still drawing that
 * loads and runs nothing. Tools' own namespaces (Inkscape's, RDF in metadata) are let pass: browsers ignore them.
 */
export function whyNotSvg(source: string): string | null {
  const parser = new SaxesParser({ xmlns: true });
  let why: string | null = null;
  let depth = 0;
  const growth = measureGrowth(elementsMax);
  let count = 0;
  // A style's text is gathered whole: a comment in its middle must not hide a word from us.
  let style: string | null = null;
  const refuse = (reason: string) => {
    why ??= reason;
  };
  parser.on('error', () => refuse('is not well-formed XML'));
  parser.on('doctype', () => refuse('declares a document type'));
  parser.on('processinginstruction', () => refuse('carries a processing instruction'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (++depth > nestingMax || ++count > elementsMax) refuse('is nested too deeply or has too many parts');
    if (depth === 1 && (local !== 'svg' || uri !== svgNamespace)) refuse('does not start with <svg>');
    if (uri === htmlNamespace) refuse('embeds HTML');
    if (uri === svgNamespace && !elements.has(local)) refuse(`uses <${local.slice(0, 40)}>`);
    if (uri === svgNamespace && local === 'style') style = '';
    for (const { local: name, value } of Object.values(attributes)) {
      const reason = whyNotAttribute(name, value);
      if (reason) refuse(reason);
    }
    const references = Object.values(attributes).flatMap(referencesOf);
    count += references.length;
    if (count > elementsMax) return refuse('is nested too deeply or has too many parts');
    growth.open(attributes.id?.value, references);
  });
  parser.on('closetag', ({ local }) => {
    depth -= 1;
    growth.close();
    if (local !== 'style' || style === null) return;
    if (whyNotStyle(style)) refuse('loads something in its style');
    style = null;
  });
  for (const kind of ['text', 'cdata'] as const) {
    parser.on(kind, (text) => {
      if (style !== null) style += text;
    });
  }
  try {
    // In pieces, so that nothing is read on behind what is refused: deep nesting alone takes minutes.
    for (let at = 0; at < source.length && why === null; at += pieceCharacters)
      parser.write(source.slice(at, at + pieceCharacters));
    if (why === null) parser.close();
  } catch {
    refuse('is not well-formed XML');
  }
  if (why === null && growth.drawn() > elementsMax) refuse('draws its own parts again and again without end');
  return why;
}

/** The parts of the drawing that an attribute names: `href="#a"`, `fill="url(#a)"`. */
function referencesOf({ local, value }: { readonly local: string; readonly value: string }): string[] {
  if (local === 'href') return value.trim().startsWith('#') ? [value.trim().slice(1)] : [];
  return [...value.matchAll(/url\(\s*(?:['"]\s*)?#([^'")\s]+)/g)].map(([, id = '']) => id);
}

function whyNotAttribute(name: string, value: string): string | null {
  if (/^on/i.test(name)) return `has an event attribute (${name.slice(0, 20)})`;
  if (/javascript:|data:text/i.test(value.replace(/\s/g, ''))) return 'carries a script';
  if (name === 'href' || name === 'src') {
    if (!/^(#|data:image\/(png|jpeg|webp|gif);base64,)/i.test(value.trim()))
      return 'refers to something outside itself';
  }
  return whyNotStyle(value) ? 'refers to something outside itself' : null;
}

/** Whether CSS loads anything but a part of the drawing itself. Escapes are undone first: `\75rl(` is `url(`. */
function whyNotStyle(css: string): boolean {
  const plain = withoutComments(css)
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_all, hex: string) =>
      String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex, 16))),
    )
    .replaceAll('\\', '');
  if (/@import|@font-face|javascript:|expression\(|(image-set|src|image)\(/i.test(plain)) return true;
  return [...plain.matchAll(/url\(\s*(?:['"]\s*)?(.?)/gi)].some(([, first]) => first !== '#');
}

/** An expression would look for the end of each comment anew, which takes minutes where none ends. */
function withoutComments(css: string): string {
  const kept: string[] = [];
  for (let at = 0; ; ) {
    const start = css.indexOf('/*', at);
    const end = start < 0 ? -1 : css.indexOf('*/', start + 2);
    if (end < 0) return kept.join('') + css.slice(at);
    kept.push(css.slice(at, start));
    at = end + 2;
  }
}
