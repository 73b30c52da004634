import { expect, test } from 'vitest';
import { assetsOf } from './assets.ts';

const manifest = {
  'src/ui/styles/site.css': { file: 'assets/site-1.css', src: 'src/ui/styles/site.css' },
  'src/ui/styles/admin.css': { file: 'assets/admin-2.css', src: 'src/ui/styles/admin.css' },
  'src/ui/islands/near-me.ts': { file: 'assets/near-me-3.js', src: 'src/ui/islands/near-me.ts' },
  '.cache/fonts/display.woff2': { file: 'assets/display-4.woff2', src: '.cache/fonts/display.woff2' },
};

test('a page links to the build’s own names', () => {
  const { css, style, island, titleFont } = assetsOf(manifest);
  expect(css).toEqual(['/assets/site-1.css']);
  expect(style('admin')).toEqual(['/assets/admin-2.css']);
  expect(island('near-me')).toBe('/assets/near-me-3.js');
  expect(titleFont).toBe('/assets/display-4.woff2');
});

test('an island that was never built is refused by name', () => {
  expect(() => assetsOf(manifest).island('nowhere')).toThrow('src/ui/islands/nowhere.ts');
});
