import { describe, expect, test } from 'vitest';
import { fitClass, fitRules, narrowWidth, titleLines } from './title-fit.ts';

const linesOf = (title: string): string[] => titleLines(title).map(({ words }) => words);

describe('a title on a poster', () => {
  test('of one word stands on one line', () => {
    expect(linesOf('UNION')).toEqual(['UNION']);
  });

  test('of several words is broken into lines of like width', () => {
    expect(linesOf('Everything Must Fall')).toEqual(['Everything', 'Must Fall']);
    const widths = titleLines('The Work of Many Hands in a Cold Town').map(({ narrow }) => narrow);
    expect(widths.length).toBeGreaterThan(1);
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(2);
  });

  test('loses no word and makes none up', () => {
    const title = '  A   very long  title, with 2 numbers & signs:   and an end ';
    expect(linesOf(title).join(' ')).toBe(title.trim().replace(/\s+/g, ' '));
  });

  test('finds its size in the film’s stylesheet', () => {
    const [line] = titleLines('UNION');
    if (line === undefined) throw new Error('a line');
    expect(fitRules(['UNION', 'UNION'])).toEqual([
      `.${fitClass(line)}{--narrow:${line.narrow.toFixed(2)};--wide:${line.wide.toFixed(2)}}`,
    ]);
  });

  test('is as wide with accents as without, and measurable in every script', () => {
    expect(narrowWidth('UNIÓN')).toBe(narrowWidth('UNION'));
    expect(narrowWidth('工会')).toBe(2);
    expect(linesOf('الاتحاد')).toEqual(['الاتحاد']);
    expect(linesOf('')).toEqual([]);
  });
});
