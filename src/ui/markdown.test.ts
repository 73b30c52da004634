import { describe, expect, test } from 'vitest';
import { markdownHtml } from './markdown.ts';

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](//evil.example/steal)',
  '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
  '![x](https://evil.example/pixel.png)',
  '![x" onerror="alert(1)](x)',
  '<javascript:alert(1)>',
  '[x]: javascript:alert(1)\n\n[x]',
  '```html\n<script>alert(1)</script>\n```',
  '`<script>alert(1)</script>`',
  '# <script>alert(1)</script>',
  '| a | <b onclick=alert(1)> |\n|---|---|\n| <script> | c |',
  '</div></main><script>alert(1)</script>',
  '<!--><script>alert(1)</script>-->',
];

describe('a text in Markdown', () => {
  test.each(attacks)('S6 lets nothing run: %s', (attack) => {
    const html = markdownHtml(attack);
    const tags = [...html.matchAll(/<\/?([a-z0-9]+)([^>]*)>/gi)];
    for (const [, name = '', attributes = ''] of tags) {
      expect(name).toMatch(/^(p|a|code|pre|h[3-6]|div|table|thead|tbody|tr|th|td|em|strong|ul|ol|li)$/);
      expect(attributes.replace(/"[^"]*"/g, '""')).not.toMatch(/\son|style|src/i);
      const href = /href="([^"]*)"/.exec(attributes)?.[1];
      if (href !== undefined) expect(href).toMatch(/^(https?:\/\/|mailto:|\/[^/]|#)/);
    }
  });

  test('has links to the web, to mail and to the site itself', () => {
    const html = markdownHtml('[a](https://a.example) [b](mailto:a@b.example) [c](/screenings) [d](#watch)');
    expect(html).toContain('<a href="https://a.example" rel="noopener">');
    expect(html).toContain('<a href="mailto:a@b.example">');
    expect(html).toContain('<a href="/screenings">');
    expect(html).toContain('<a href="#watch">');
  });

  test('takes its headings’ level from where it stands', () => {
    expect(markdownHtml('# One\n\n## Two')).toContain('<h3>One</h3>\n<h4>Two</h4>');
    expect(markdownHtml('# One', 2)).toContain('<h2>One</h2>');
    expect(markdownHtml('### One\n\n#### Two', 2)).toContain('<h2>One</h2>\n<h3>Two</h3>');
    expect(markdownHtml('# One\n\n###### Deep')).toContain('<h6>Deep</h6>');
  });

  test('is read once and then kept, for each level apart', () => {
    const text = '# Kept';
    expect(markdownHtml(text, 2)).toBe(markdownHtml(text, 2));
    expect(markdownHtml(text, 3)).not.toBe(markdownHtml(text, 2));
  });

  test('of an essay’s length and of the nastiest nesting is read in a moment', () => {
    const started = performance.now();
    markdownHtml('['.repeat(30_000));
    markdownHtml(`${'> '.repeat(3_000)}x`);
    markdownHtml('*a '.repeat(15_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
