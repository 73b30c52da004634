import { z } from 'zod';

const hexColour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as "#b8321a"');

/** WCAG 2.2 AA for body text: https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const contrastMin = 4.5;

/** The type pairings that we ship fonts for. */
export const typePairings = ['grotesque', 'serif'] as const;

export const theme = z
  .strictObject({
    accent: hexColour,
    paper: hexColour,
    ink: hexColour,
    type: z.enum(typePairings),
  })
  .check((check) => {
    const { accent, paper, ink } = check.value;
    for (const [name, colour] of [
      ['ink', ink],
      ['accent', accent],
    ] as const) {
      const found = contrast(colour, paper);
      if (found >= contrastMin) continue;
      check.issues.push({
        code: 'custom',
        path: [name],
        input: colour,
        message: `a contrast of at least ${contrastMin}:1 with paper (this has ${Math.floor(found * 100) / 100}:1)`,
      });
    }
  });
export type Theme = z.infer<typeof theme>;

/** Black on warm white with a poster's red: what a film without a theme wears. */
export const plainTheme: Theme = { accent: '#b3261e', paper: '#f6f3ec', ink: '#141414', type: 'grotesque' };

/** WCAG contrast of two sRGB colours, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
