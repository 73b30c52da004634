import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, contrastMin, type Theme } from '../domain/film/document/theme.ts';
import { darkPalette, lightPalette, type Palette, readable, themeCss } from './theme-css.ts';

const union: Theme = { accent: '#c4361a', paper: '#f6f3ec', ink: '#141414', type: 'grotesque' };

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);
// What the document lets through: ink and accent that can be read on paper.
const themes = fc
  .record({ accent: colour, paper: colour, ink: colour })
  .filter(
    ({ accent, paper, ink }) => contrast(ink, paper) >= contrastMin && contrast(accent, paper) >= contrastMin,
  )
  .map((colours): Theme => ({ ...colours, type: 'grotesque' }));

function unreadable({
  paper,
  ink,
  accent,
  onAccent,
  quiet,
  band,
  onBand,
  bandQuiet,
  bandMark,
}: Palette): string[] {
  const pairs = {
    ink: [ink, paper],
    accent: [accent, paper],
    quiet: [quiet, paper],
    onAccent: [onAccent, accent],
  };
  const onTheBand = { onBand: [onBand, band], bandQuiet: [bandQuiet, band], bandMark: [bandMark, band] };
  return Object.entries({ ...pairs, ...onTheBand })
    .filter(([, [one = '', other = '']]) => contrast(one, other) < contrastMin)
    .map(([name, [one, other]]) => `${name}: ${one} on ${other}`);
}

describe('the film’s colours', () => {
  test('stay as the team chose them by day', () => {
    expect(lightPalette(union)).toMatchObject({ paper: '#f6f3ec', ink: '#141414', accent: '#c4361a' });
  });

  test('can be read by day, whatever theme the document accepts', () => {
    fc.assert(
      fc.property(themes, (theme) => {
        expect(unreadable(lightPalette(theme))).toEqual([]);
      }),
    );
  });

  test('can be read in a dark room, whatever theme the document accepts', () => {
    fc.assert(
      fc.property(themes, (theme) => {
        expect(unreadable(darkPalette(theme))).toEqual([]);
      }),
    );
  });

  test('turn a light paper dark, and keep a dark one dark', () => {
    for (const theme of [union, { ...union, paper: '#101010', ink: '#f0f0f0', accent: '#ff8866' }]) {
      expect(contrast(darkPalette(theme).paper, '#ffffff')).toBeGreaterThan(10);
    }
  });

  test('move an accent no further than reading demands', () => {
    expect(readable('#c4361a', '#ffffff')).toBe('#c4361a');
    const lifted = readable('#7a1d0d', '#161412');
    expect(contrast(lifted, '#161412')).toBeGreaterThanOrEqual(contrastMin);
    expect(contrast(lifted, '#161412')).toBeLessThan(6.5);
  });
});

describe('the film’s stylesheet', () => {
  const picture = { sha256: 'ab'.repeat(32), colour: '#223344', focus: [0.7, 0.25] as const };

  test('keeps a picture’s place by its colour and a crop by its focal point', () => {
    const css = themeCss(union, [picture]);
    expect(css).toContain('.p-abababababab{background-color:#223344}');
    expect(css).toContain('.p-abababababab{object-position:70% 25%}');
  });

  test('says each thing once, however often a picture is used', () => {
    expect(themeCss(union, [picture, picture]).match(/background-color/g)).toHaveLength(1);
  });

  test('sets the text in the serif only where the film asks for it', () => {
    expect(themeCss(union, [])).not.toContain('Reading');
    expect(themeCss({ ...union, type: 'serif' }, [])).toContain('--text:"Reading"');
  });

  test('S6 takes nothing that is not a colour or a hash into the stylesheet', () => {
    const css = themeCss(union, [
      { sha256: '}</style><script>alert(1)</script>', colour: '#223344' },
      { sha256: 'cd'.repeat(32), colour: 'red}body{background:url(//evil.example)' },
    ]);
    expect(css).not.toMatch(/script|evil|p-cdcd/);
  });
});
