import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, type ScreeningListing, screeningListings, writeCsv } from './index.ts';

const languages = ['en', 'es'];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const header = 'slug,kind,state,starts_at,venue,city,timezone';
const row = (
  slug: string,
  rest = 'cinema,on sale,2027-03-01T19:00,Guild Cinema,Albuquerque,America/Denver',
) => `${slug},${rest}`;

const slugsOf = (text: string | Uint8Array): string[] => {
  const { listings, problems } = readCsv(typeof text === 'string' ? bytes(text) : text, languages);
  expect(problems).toEqual([]);
  return listings.map(({ slug }) => slug);
};
const problemsOf = (text: string | Uint8Array) =>
  readCsv(typeof text === 'string' ? bytes(text) : text, languages).problems;

const listing: ScreeningListing = {
  slug: 'guild-2027',
  kind: 'cinema',
  venue: {
    name: { en: 'Guild; the "old" cinema', es: 'Guild' },
    street: '=1+1 Central Ave',
    city: 'Albuquerque',
    point: [35.08, -106.6],
    timezone: 'America/Denver',
    accessibility: { step_free: true },
  },
  starts_at: '2027-03-01T19:00',
  admission: { external: 'https://tickets.example/?a=1&b=2' },
  prices: { en: '$14, $10', es: '14 $' },
  with: ['@Local 7', 'Teachers; of | Santa Fe'],
  guests: [
    { name: { en: 'Panel', es: 'Mesa' }, about: { en: 'Two\nlines', es: 'Dos\nlíneas' } },
    { name: 'Q&A' },
  ],
  accessibility: { asl: false, open_captions: true },
  state: 'on sale',
};

describe('the CSV of screenings', () => {
  it('reads commas, semicolons and tabs, any line end, with and without a mark', () => {
    const lines = [header, row('one'), row('two')];
    for (const end of ['\n', '\r\n', '\r']) expect(slugsOf(lines.join(end))).toEqual(['one', 'two']);
    for (const mark of [';', '\t']) {
      expect(slugsOf(lines.join('\n').replaceAll(',', mark))).toEqual(['one', 'two']);
    }
    expect(slugsOf(`\ufeff${lines.join('\n')}`)).toEqual(['one', 'two']);
    expect(slugsOf(`${lines.join('\n')}\n\n,,,,,,\n`)).toEqual(['one', 'two']);
  });

  it('reads what old and other programs write: Windows-1252 and UTF-16', () => {
    const text = `${header}\n${row('one', 'cinema,on sale,2027-03-01T19:00,Café Lumière,Montréal,America/Toronto')}`;
    const cities = (raw: Uint8Array) => readCsv(raw, languages).listings.map(({ venue }) => venue.city);
    expect(cities(Buffer.from(text, 'latin1'))).toEqual(['Montréal']);
    expect(cities(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))).toEqual([
      'Montréal',
    ]);
  });

  it('takes right-to-left words and emoji as they are', () => {
    const { listings } = readCsv(
      bytes(`${header}\n${row('one', 'cinema,on sale,2027-03-01T19:00,سينما 🎬,القاهرة,Africa/Cairo')}`),
      languages,
    );
    expect(listings[0]?.venue).toMatchObject({ name: 'سينما 🎬', city: 'القاهرة' });
  });

  it('names line, column and what was expected, for every problem at once', () => {
    const text = [
      header,
      row('Bad Slug'),
      row('two', 'opera,on sale,2027-03-14T03:30,Guild,Santa Fe,America/Denver'),
      row('two', 'cinema,on sale,2027-03-14T02:30,Guild,Santa Fe,America/Denver'),
      row('three', 'cinema,on sale,2027-02-30T19:00,Guild,Santa Fe,America/Nowhere'),
      row('four', 'cinema,on sale,2027-03-01T19:00,Guild\u0007,Santa Fe,America/Denver'),
    ].join('\r\n');
    expect(problemsOf(text)).toEqual([
      { line: 2, column: 'slug', expected: 'a-z, 0-9 and single hyphens' },
      { line: 3, column: 'kind', expected: 'cinema, community, campus, workplace, festival or virtual' },
      { line: 4, column: 'starts_at', expected: expect.stringContaining('clocks go forward') },
      { line: 5, column: 'timezone', expected: 'a time zone such as America/New_York' },
      { line: 5, column: 'starts_at', expected: expect.stringContaining('such as 2024-11-03T16:00') },
      { line: 6, column: 'venue', expected: 'no control characters' },
    ]);
  });

  it('counts the lines of a file, not of its rows', () => {
    const text = `${header},guests\n"one",cinema,on sale,2027-03-01T19:00,Guild,Santa Fe,America/Denver,"a\nb\nc"\n${row('BAD')}`;
    expect(problemsOf(text)).toEqual([{ line: 5, column: 'slug', expected: 'a-z, 0-9 and single hyphens' }]);
  });

  it.each([
    ['nothing', '', /first line/],
    ['an open quote', `${header}\n"one`, /quotes/],
    ['a column that nobody knows', `${header},colour\n${row('one')},red`, /column that we know/],
    ['a column twice', `${header},city\n${row('one')},Here`, /each column once/],
    ['no slugs', 'kind,venue\ncinema,Guild', /this column/],
    ['a slug twice', `${header}\n${row('one')}\n${row('one')}`, /also line 2/],
    [
      'a venue in two zones',
      `${header}\n${row('one')}\n${row('two', 'cinema,on sale,2027-03-01T19:00,Guild Cinema,Albuquerque,America/Boise')}`,
      /same timezone as in line 2/,
    ],
    ['a row with too many cells', `${header}\n${row('one')},more,cells`, /7 cells/],
    [
      '10,001 rows',
      [header, ...Array.from({ length: 10_001 }, (_, at) => row(`s-${at}`))].join('\n'),
      /10000 rows/,
    ],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('latin1'), /.+/],
  ])('refuses %s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.map((problem) => problem.expected).join('\n')).toMatch(expected);
  });

  it('lists no more problems than somebody reads, however many columns nobody knows', () => {
    const columns = Array.from({ length: 20_000 }, (_, at) => `c${at}`).join();
    expect(problemsOf(`${columns}\n1`)).toHaveLength(200);
  });

  it('reads 10,000 rows', () => {
    const text = [header, ...Array.from({ length: 10_000 }, (_, at) => row(`s-${at}`))].join('\n');
    expect(slugsOf(text)).toHaveLength(10_000);
  });

  it('never fails on any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        readCsv(Buffer.concat([bytes(`${header}\n`), noise]), languages);
        readCsv(noise, languages);
      }),
      { numRuns: 300 },
    );
  });

  it('S8 neutralises formulas in exports, and reads its own exports back', () => {
    const text = writeCsv([listing], languages);
    const cells = parse(text, { bom: true }) as string[][];
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    expect(text).toContain("'=1+1 Central Ave");
    expect(readCsv(bytes(text), languages).listings).toEqual([listing]);
  });

  it('round-trips many listings', () => {
    const word = fc.stringMatching(/^[\p{L}=+@"',;|\\-][\p{L}\p{N} =+@"',;|\\.-]{0,20}[\p{L}]$/u);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 5 }), (words) => {
        const listings = words.map(([name, presenter, about], at) => ({
          ...listing,
          slug: `s-${at}`,
          venue: { ...listing.venue, name: { en: name, es: `${name}s` }, city: `${at}` },
          with: [presenter],
          guests: [{ name: presenter, about }],
        }));
        const read = readCsv(bytes(writeCsv(screeningListings.parse(listings), languages)), languages);
        expect(read.problems).toEqual([]);
        expect(read.listings).toEqual(listings);
      }),
      { numRuns: 200 },
    );
  });
});
