import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { filmDocument } from '../../../domain/film/document/index.ts';
import type { PageModel } from '../model.ts';
import { ActPage } from './act-page.tsx';
import { ContactPage } from './contact-page.tsx';
import { FailurePage, failureKind } from './failure-page.tsx';
import { sampleCard, sampleFilm, sampleModel } from './film.fixture.ts';
import { FreePage, firstWords } from './free-page.tsx';
import { FrontPage } from './front-page.tsx';
import { PartnersPage } from './partners-page.tsx';
import { PressPage } from './press-page.tsx';
import { unquoted, wordClass } from './press-wall.tsx';
import { splitFigure } from './take-action.tsx';

function everyPage(model: PageModel, text?: string): [string, ReactElement][] {
  const [page] = model.document.pages ?? [];
  return [
    ['front', <FrontPage key="" model={model} nextScreenings={[sampleCard(text)]} />],
    ['press', <PressPage key="" model={model} />],
    ['partners', <PartnersPage key="" model={model} />],
    ['act', <ActPage key="" model={model} />],
    ['contact', <ContactPage key="" model={model} />],
    [
      'failure',
      <FailurePage key="" model={model} status={404} {...(text === undefined ? {} : { about: text })} />,
    ],
    ...(page === undefined ? [] : ([['free', <FreePage key="" model={model} page={page} />]] as const)),
  ].map(([name, element]) => [name as string, element as ReactElement]);
}

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</title></head><script>alert(1)</script>',
  'javascript:alert(1)',
  '<svg onload=alert(1)>',
  '[x](javascript:alert(1))',
  '‮evil‬ 🎬 \u2028',
];

describe('every page of a film', () => {
  test.each(attacks)('S6 runs nothing that a text says: %j', (attack) => {
    for (const [name, page] of everyPage(sampleModel(sampleFilm(attack)), attack)) {
      const html = renderToStaticMarkup(page);
      const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
      expect(
        scripts.filter((attributes) => attributes !== ' type="application/ld+json"'),
        name,
      ).toEqual([]);
      const bare = html
        .replace(/<script type="application\/ld\+json">[^<]*<\/script>/g, '')
        .replace(/"[^"]*"/g, '""');
      for (const [tag] of bare.matchAll(/<[a-z][^>]*>/gi))
        expect(tag, name).not.toMatch(/\s(on\w+|style)\s*=/i);
      expect(html, name).not.toMatch(/(href|src|action)="\s*javascript:/i);
      expect(html, name).not.toContain('<img src=x');
    }
  });

  test('carries no script, no inline style and no address of somebody else’s to fetch', () => {
    for (const [name, page] of everyPage(sampleModel(sampleFilm()))) {
      const html = renderToStaticMarkup(page);
      expect(html.replace(/<script type="application\/ld\+json">.*?<\/script>/s, ''), name).not.toContain(
        '<script',
      );
      expect(html, name).not.toMatch(/\sstyle="/);
      expect(html, name).not.toMatch(/\s(src|srcset|srcSet|poster)="(https?:)?\/\//);
    }
  });

  test('has one h1, a title, a way past the bar, and its language', () => {
    for (const [name, page] of everyPage(sampleModel(sampleFilm(), '/', 'es'))) {
      const html = renderToStaticMarkup(page);
      expect(html.match(/<h1/g), name).toHaveLength(1);
      expect(html, name).toMatch(/^<html lang="es" dir="ltr">/);
      expect(html, name).toContain('href="#content"');
      expect(html, name).toMatch(/<title>[^<]*UNION[^<]*<\/title>/);
    }
  });

  test('names itself in every language of the film, at the film’s canonical address', () => {
    const model = {
      ...sampleModel(sampleFilm(), '/press'),
      base: '/films/union',
      origin: 'https://union.example',
    };
    const html = renderToStaticMarkup(<PressPage model={model} />);
    expect(html).toContain('<link rel="canonical" href="https://union.example/press"/>');
    expect(html).toContain('hrefLang="es" href="https://union.example/es/press"');
    expect(html).toContain('hrefLang="x-default" href="https://union.example/press"');
    expect(html).toContain('href="/films/union/es/press"');
  });

  test('stands up with nothing but a title', () => {
    const bare = filmDocument.parse({
      film: { slug: 'x', title: 'X', site_languages: ['en'], timezone: 'UTC', currency: 'USD' },
    });
    for (const [name, page] of everyPage({ ...sampleModel(bare), files: new Map() })) {
      expect(renderToStaticMarkup(page), name).toContain('<h1');
    }
  });

  test('says that a draft is one, and keeps it from search engines', () => {
    const model = { ...sampleModel(sampleFilm()), preview: { revisionNumber: 7, by: 'link' as const } };
    const html = renderToStaticMarkup(<FrontPage model={model} nextScreenings={[]} />);
    expect(html).toContain('revision 7');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(html).not.toContain('rel="canonical"');
  });
});

describe('the front page', () => {
  const html = renderToStaticMarkup(
    <FrontPage model={sampleModel(sampleFilm())} nextScreenings={[sampleCard()]} />,
  );

  test('tells its story in the order that a visitor needs', () => {
    const order = [
      'class="title',
      'class="strip"',
      'class="featured"',
      'id="screenings"',
      'id="film"',
      'id="credits"',
    ];
    const places = [...order, 'id="press"', 'id="act"', 'id="partners"', 'id="contact"'].map((mark) =>
      html.indexOf(mark),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('shows the first picture at once and every other one when it is near', () => {
    expect(html.match(/fetchPriority="high"/g)).toHaveLength(1);
    const images = [...html.matchAll(/<img [^>]*>/g)].map(([image]) => image);
    expect(images.filter((image) => !image.includes('loading="lazy"'))).toHaveLength(1);
    for (const image of images) expect(image).toMatch(/ width="\d+" height="\d+"/);
  });

  test('renders the same bytes for the same revision', () => {
    const model = sampleModel(sampleFilm());
    const once = renderToStaticMarkup(<FrontPage model={model} nextScreenings={[]} />);
    expect(renderToStaticMarkup(<FrontPage model={model} nextScreenings={[]} />)).toBe(once);
  });
});

test('quotation marks that the team typed are not set twice', () => {
  expect(unquoted('“Go now.”')).toBe('Go now.');
  expect(unquoted('"Richly observed."')).toBe('Richly observed.');
  expect(unquoted('«Ya.»')).toBe('Ya.');
  expect(unquoted('“One” and “two”')).toBe('“One” and “two”');
  expect(unquoted('Plain.')).toBe('Plain.');
});

test('a figure is set apart from its unit', () => {
  expect(splitFigure('1.5 million')).toEqual({ figure: '1.5', unit: 'million' });
  expect(splitFigure('150%')).toEqual({ figure: '150%', unit: '' });
  expect(splitFigure('one in ten')).toEqual({ figure: 'one in ten', unit: '' });
});

test('a search result shows the first paragraph, cut at a word', () => {
  expect(firstWords('# Title\n\nThe **first** [words](https://a.example) here.')).toBe(
    'The first words here.',
  );
  expect(firstWords('word '.repeat(100))).toMatch(/^(word )+word…$/);
});

test('every status has its words', () => {
  expect([404, 410, 500, 503, 429, 400, 413, 422, 403, 409].map(failureKind)).toEqual([
    'notFound',
    'notFound',
    'broken',
    'away',
    'tooMany',
    'badRequest',
    'badRequest',
    'badRequest',
    'refused',
    'refused',
  ]);
});

test('a loud word is set only as large as its card is wide', () => {
  expect(wordClass('Go, go.')).toBe('word-4');
  expect(wordClass('Astonishing.')).toBe('word-6');
  expect(wordClass('An unflinchingly patient thing')).toBe('word-5');
  expect(wordClass('x'.repeat(200))).toBe('word-12');
});
