import { SaxesParser } from 'saxes';

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

/**
 * Why an SVG may not be kept, in words that finish "This drawing …"; null when it is a still drawing that
 * loads and runs nothing. Tools' own namespaces (Inkscape's, RDF in metadata) are let pass: browsers ignore them.
 */
export function whyNotSvg(source: string): string | null {
  const parser = new SaxesParser({ xmlns: true });
  let why: string | null = null;
  let depth = 0;
  let count = 0;
  const refuse = (reason: string) => {
    why ??= reason;
  };
  parser.on('error', () => refuse('is not well-formed XML'));
  parser.on('doctype', () => refuse('declares a document type'));
  parser.on('processinginstruction', () => refuse('carries a processing instruction'));
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (++depth > nestingMax || ++count > elementsMax) refuse('is nested too deeply or has too many parts');
    if (depth === 1 && local !== 'svg') refuse('does not start with <svg>');
    if (uri === 'http://www.w3.org/1999/xhtml') refuse('embeds HTML');
    if (uri === 'http://www.w3.org/2000/svg' && !elements.has(local)) refuse(`uses <${local}>`);
    for (const { local: name, value } of Object.values(attributes)) {
      const reason = whyNotAttribute(name, value);
      if (reason) refuse(reason);
    }
  });
  parser.on('closetag', () => {
    depth -= 1;
  });
  parser.on('text', (text) => {
    if (/@import|javascript:|expression\(|url\(\s*['"]?(?!#|\s*['"]?#)/i.test(text))
      refuse('loads something in its style');
  });
  parser.on('cdata', (text) => {
    if (/@import|javascript:|expression\(|url\(\s*['"]?(?!#)/i.test(text))
      refuse('loads something in its style');
  });
  try {
    parser.write(source).close();
  } catch {
    refuse('is not well-formed XML');
  }
  return why;
}

function whyNotAttribute(name: string, value: string): string | null {
  if (/^on/i.test(name)) return `has an event attribute (${name.slice(0, 20)})`;
  if (/javascript:|data:text/i.test(value.replace(/\s/g, ''))) return 'carries a script';
  if (name === 'href' || name === 'src') {
    if (!/^(#|data:image\/(png|jpeg|webp|gif);base64,)/i.test(value.trim()))
      return 'refers to something outside itself';
  }
  if (/url\(\s*['"]?\s*(?!['"]?#)/i.test(value)) return 'refers to something outside itself';
  return null;
}
