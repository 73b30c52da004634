import { describe, expect, it } from 'vitest';
import { whyNotSvg } from './svg.ts';

const svg = (inside: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;

describe('a drawing', () => {
  it.each([
    ['shapes', svg('<g id="a"><path d="M0 0h1"/></g><use href="#a"/>')],
    [
      'gradients by their name',
      svg('<linearGradient id="g"/><rect fill="url(#g)" style="fill: url( \'#g\' )"/>'),
    ],
    ['a style that names its own parts', svg('<style>.a{fill:url("#g")} /* https://example.org */</style>')],
    ['a style in CDATA', svg('<style><![CDATA[.a > .b{fill:url("#g")}]]></style>')],
    ['an embedded raster', svg('<image href="data:image/png;base64,AAAA"/>')],
    [
      'what a drawing program notes',
      svg('<metadata/><x:namedview xmlns:x="http://www.inkscape.org/x" x:zoom="1"/>'),
    ],
    ['a part that is drawn often', svg(`<g id="a"><rect/></g>${'<use href="#a"/>'.repeat(500)}`)],
    ['a colour that looks like a name', svg('<rect id="fff" fill="#fff"/>')],
    ['words about url( and @import', svg('<text>@import url(https://example.org)</text>')],
  ])('is kept with %s', (_what, source) => {
    expect(whyNotSvg(source)).toBe(null);
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>')],
    ['a script of another prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script/></s:svg>'],
    ['an event', svg('<rect onload="alert(1)"/>')],
    ['an event in capitals', svg('<rect onLoad="alert(1)"/>')],
    ['a link that runs', svg('<a href="javascript:alert(1)"/>')],
    ['a link that runs, broken up', svg('<use xlink:href="java&#10;script:alert(1)"/>')],
    ['a picture from elsewhere', svg('<image href="https://example.org/a.png"/>')],
    ['a use from elsewhere', svg('<use xlink:href="other.svg#a"/>')],
    ['HTML', svg('<foreignObject/>')],
    ['HTML of another prefix', svg('<h:body xmlns:h="http://www.w3.org/1999/xhtml"/>')],
    ['a fill from elsewhere', svg('<rect fill="url(https://example.org/#g)"/>')],
    ['a style from elsewhere', svg('<style>@import "https://example.org";</style>')],
    ['a style from elsewhere behind a comment', svg('<style>@im<!-- -->port "https://example.org";</style>')],
    [
      'a style from elsewhere behind a style comment',
      svg('<style>a{fill:u/**/rl(https://example.org)}</style>'),
    ],
    ['a style from elsewhere in escapes', svg('<style>a{fill:\\75rl(https://example.org)}</style>')],
    ['a style attribute from elsewhere', svg('<rect style="fill:url(//example.org)"/>')],
    ['an animation', svg('<set attributeName="href" to="x"/>')],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${svg('&a;')}`],
    ['a stylesheet instruction', `<?xml-stylesheet href="https://example.org"?>${svg('')}`],
    ['no end', '<svg xmlns="http://www.w3.org/2000/svg"><g>'],
    ['no namespace', '<svg><script/></svg>'],
    ['another root', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['a part that uses itself', svg('<g id="a"><use href="#a"/></g>')],
    [
      'patterns of patterns',
      svg(
        `${Array.from(
          { length: 9 },
          (_, at) => `<pattern id="p${at + 1}">${`<rect fill="url(#p${at})"/>`.repeat(10)}</pattern>`,
        ).join('')}<rect fill="url(#p9)"/>`,
      ),
    ],
    ['a thousand groups in each other', svg('<g>'.repeat(1_000) + '</g>'.repeat(1_000))],
  ])('S6 is refused with %s', (_what, source) => {
    expect(whyNotSvg(source)).toBeTypeOf('string');
  });

  it.each([
    ['fifty thousand groups in each other', svg('<g>'.repeat(50_000) + '</g>'.repeat(50_000))],
    ['comments in a style that never end', svg(`<rect style="${'/*a'.repeat(400_000)}"/>`)],
    ['a reference of spaces', svg(`<rect fill="url(${' '.repeat(1_000_000)}"/>`)],
    [
      'a part in many parts that names a hundred thousand others',
      svg(
        Array.from({ length: 95 }, (_, at) => `<g id="p${at}">`).join('') +
          `<rect style="${Array.from({ length: 250_000 }, (_, at) => `fill:url(#${at})`).join(';')}"/>` +
          '</g>'.repeat(95),
      ),
    ],
  ])('S17 is judged in a moment with %s', (_what, source) => {
    const began = performance.now();
    whyNotSvg(source);
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});
