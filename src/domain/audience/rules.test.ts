import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { formsEn } from '../../ui/words/forms.en.ts';
import type { FilmDocument } from '../film/document/index.ts';
import { formOf, teamAddress } from './forms.ts';
import { keysOf, makeStamp, networkHash, networkOf, readStamp } from './keys.ts';
import { checkAnswers, cleanValue, contentKey, searchText, searchWords } from './submission.ts';

const titles = {
  partner: 'Partner',
  host: 'Host',
  press: 'Press',
  education: 'Teach',
  general: 'Write',
  newsletter: 'News',
};
const words = { titles, ...formsEn.standard };
const document: FilmDocument = {
  film: {
    slug: 'union',
    title: 'UNION',
    site_languages: ['en'],
    timezone: 'America/New_York',
    currency: 'USD',
  },
  contact: { addresses: { general: 'g@example.org', bookings: 'b@example.org' } },
  forms: {
    host: {
      title: 'Show it',
      fields: [
        { name: 'place', label: 'Which town', kind: 'text' },
        { name: 'email', label: 'Mail', kind: 'text' },
        { name: 'tickets', label: 'Tickets', kind: 'number' },
      ],
    },
  },
};
const host = formOf(document, 'host', 'en', words);
if (host === null) throw new Error('no form');

describe('a film’s form', () => {
  it('re-words standard fields in their place, adds its own, and never gives up asking for an address', () => {
    expect(host.fields.map(({ name }) => name)).toEqual([
      'name',
      'email',
      'organisation',
      'host_kind',
      'place',
      'date',
      'audience',
      'message',
      'tickets',
    ]);
    expect(host.fields.find(({ name }) => name === 'place')).toMatchObject({
      label: 'Which town',
      isRequired: false,
    });
    expect(host.fields.find(({ name }) => name === 'email')).toMatchObject({
      kind: 'email',
      isRequired: true,
    });
  });

  it('is read by the address of its kind, else by the general one, else by any', () => {
    expect(teamAddress(document, 'host')).toBe('b@example.org');
    expect(teamAddress(document, 'press')).toBe('g@example.org');
    expect(teamAddress({ ...document, contact: { addresses: { odd: 'o@example.org' } } }, 'press')).toBe(
      'o@example.org',
    );
    expect(teamAddress({ ...document, contact: {} }, 'press')).toBeNull();
  });

  it('takes at most what a field holds, and says which fields want another look', () => {
    const good = { name: 'G', email: 'g@example.org', host_kind: 'union' };
    expect(checkAnswers(host, good, { yes: 'Yes' }).ok).toBe(true);
    const problems = (more: Record<string, string>) => {
      const checked = checkAnswers(host, { ...good, ...more }, { yes: 'Yes' });
      return checked.ok ? {} : Object.fromEntries(checked.problems);
    };
    expect(problems({ message: 'x'.repeat(5_000) })).toEqual({});
    expect(problems({ message: 'x'.repeat(5_001) })).toEqual({ message: 'too_long' });
    expect(problems({ audience: '1e3', date: '2026-13-01', host_kind: 'moon' })).toEqual({
      audience: 'number',
      date: 'date',
      host_kind: 'option',
    });
    expect(problems({ name: '' })).toEqual({ name: 'required' });
    expect(Object.values(problems({ constructor: 'x' }))).toEqual(['unknown']);
  });
});

describe('what was typed', () => {
  it('keeps its letters and loses what nobody can see, and one line stays one line', () => {
    expect(cleanValue(' a\u0000b\r\nc\td ', false)).toBe('ab c d');
    expect(cleanValue('a\r\nb\rc\ud800', true)).toBe('a\nb\nc\ufffd');
  });

  it('is the same submission whatever the case of the address, and another when a word differs', () => {
    const key = (email: string, value: string) =>
      contentKey('host', [
        { name: 'email', label: '', kind: 'email', value: email, shown: '' },
        { name: 'message', label: '', kind: 'textarea', value, shown: '' },
      ]).toString('hex');
    expect(key('A@B.org', 'x')).toBe(key('a@b.org', 'x'));
    expect(key('a@b.org', 'x')).not.toBe(key('a@b.org', 'y'));
  });

  it('S3 is searched by plain words only, few and short', () => {
    expect(searchWords('Ñandú & (!:*) O’Brien')).toEqual(['nandu', 'o', 'brien']);
    expect(searchWords('x '.repeat(10_000))).toHaveLength(8);
    expect(searchWords('y'.repeat(10_000))[0]).toHaveLength(40);
    expect(searchText(['Montréal, QC'])).toBe('montreal qc');
  });
});

describe('a stamp', () => {
  const keys = keysOf('one');
  const now = Temporal.Instant.from('2026-11-22T12:00:00.123Z');

  it('says when its form was shown, to nobody but this film and this form', () => {
    const stamp = makeStamp(keys, 'film', 'host', now);
    expect(readStamp(keys, 'film', 'host', stamp)?.equals(now)).toBe(true);
    expect(readStamp(keys, 'film', 'press', stamp)).toBeNull();
    expect(readStamp(keys, 'other', 'host', stamp)).toBeNull();
    expect(readStamp(keysOf('two'), 'film', 'host', stamp)).toBeNull();
    for (const sent of ['', '.', '1', '1.2.3', 'zzzzzzzzzzz.x', '-1.x'])
      expect(readStamp(keys, 'film', 'host', sent)).toBeNull();
  });
});

describe('a place', () => {
  const keys = keysOf('one');
  const now = Temporal.Instant.from('2026-11-22T23:59:59Z');

  it('is kept as a hash that is another one tomorrow', () => {
    const today = networkHash(keys, '192.0.2.1', now);
    expect(networkHash(keys, '192.0.2.1', now).equals(today)).toBe(true);
    expect(networkHash(keys, '192.0.2.1', now.add({ seconds: 1 })).equals(today)).toBe(false);
    expect(today).toHaveLength(16);
  });

  it('has neighbours: the /24 of IPv4, the /48 of IPv6', () => {
    expect(networkOf('192.0.2.77')).toBe('192.0.2.0/24');
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1::/48');
    expect(networkOf('2001:DB8::1')).toBe('2001:db8:0::/48');
    expect(networkOf('::1')).toBe('0:0:0::/48');
  });
});
