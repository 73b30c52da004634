import { describe, expect, test } from 'vitest';
import { sampleFilm, sampleModel } from './pages/film.fixture.ts';
import { jsonLd, structuredFilm } from './structured-data.ts';

describe('what search engines read', () => {
  test('names the film, its makers and who released it', () => {
    const { '@graph': graph } = JSON.parse(structuredFilm(sampleModel(sampleFilm()))) as {
      '@graph': object[];
    };
    expect(graph[0]).toMatchObject({
      '@type': 'Movie',
      '@id': 'https://union.example/#film',
      name: 'UNION',
      url: 'https://union.example/',
      datePublished: '2024',
      duration: 'PT102M',
      director: [{ '@type': 'Person', name: 'Brett Story' }],
      award: ['A prize, A festival 2024'],
    });
    expect(graph[1]).toMatchObject({ '@type': 'Organization', email: 'hello@union.example' });
  });

  test.each([
    '</script><script>alert(1)</script>',
    '<!--<script>',
    ']]>',
    '\u2028alert(1)\u2029',
    '&lt;/script&gt;',
    '"};alert(1);//',
  ])('S6 cannot be left by a title such as %j, and still says it exactly', (title) => {
    const text = structuredFilm(sampleModel(sampleFilm(title)));
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    const parsed = JSON.parse(text) as { '@graph': { name: string }[] };
    expect(parsed['@graph'][0]?.name).toBe(title);
  });

  test('leaves out what is not known', () => {
    expect(jsonLd({ name: 'UNION', trailer: undefined })).toBe('{"name":"UNION"}');
  });
});
