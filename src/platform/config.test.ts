import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

type Environment = Readonly<Record<string, string>>;

function problemsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment, '/somewhere');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const namesOf = (problems: readonly string[]) => problems.map((problem) => problem.split(':')[0]);

/** What each setting may not be. Every value holds the word "canary": no answer may repeat it. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  PORT: ['canary', '0', '-1', '65536', '80 canary', '4e3', '0x1000', '４０００'],
  HOST: ['canary canary', 'http://canary', '1.2.3', '127.0.0.256', '[::1]', 'canary/', '-canary'],
  DATABASE_URL: [
    'canary',
    'mysql://canary@host/db',
    'postgres://',
    'postgres:canary',
    'postgres://user:canary%zz@host/db',
  ],
  PUBLIC_URL: [
    'canary',
    'canary.example',
    'ftp://canary.example',
    'https://canary.example/path',
    'https://canary.example/?q',
    'https://canary.example/#x',
    'https://user:canary@film.example',
    'https://:canary@film.example',
  ],
  SMTP_URL: ['canary', 'http://canary', 'smtp://', 'smtp://user:canary%@mail.example'],
  MAIL_FROM: [
    'canary',
    'canary@',
    '@canary',
    'canary@nowhere',
    'canary@a.example\r\nBcc: x@y.example',
    'one@a.example, canary@b.example',
    '<canary@b.example',
    'UNION canary@b.example>',
  ],
  STORAGE_URL: [
    'canary',
    'https://canary/bucket',
    's3://host/bucket',
    's3://canary@host/bucket',
    's3://:canary@host/bucket',
    's3://key:canary@host',
    's3://key:canary@host/Bucket Canary',
    's3://key:canary%zz@host/bucket',
    's3://key:canary@host/bucket?region=a b',
    's3://key:canary@host/bucket?regoin=eu-west-1',
    's3://key:canary@host/bucket?tls=maybe',
  ],
  ROLE: ['canary', 'Web', 'all,web', '__proto__', 'constructor'],
  PROXIES: ['canary', '-1', '1.5', '10', 'true'],
};

describe('the settings', () => {
  it('are good when nothing is set: this machine alone, everything in ./data', () => {
    expect(readConfig({}, '/somewhere')).toEqual({
      port: 4000,
      host: '127.0.0.1',
      dataDir: '/somewhere/data',
      databaseUrl: null,
      publicUrl: 'http://localhost:4000',
      smtpUrl: null,
      mailFrom: null,
      storage: null,
      stripeUrl: null,
      role: 'all',
      proxies: 0,
      production: false,
    });
  });

  it('an empty setting is one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(wrong).map((name) => [name, '  ']));
    expect(readConfig(empty, '/somewhere')).toEqual(readConfig({}, '/somewhere'));
  });

  const partner: Environment = { SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'film@union.example' };
  for (const [name, values] of Object.entries(wrong)) {
    it(`refuse a wrong ${name} by its name, and never repeat its value`, () => {
      const others = Object.hasOwn(partner, name) ? partner : {};
      for (const value of values) {
        const problems = problemsOf({ ...others, [name]: value });
        expect(namesOf(problems), value).toEqual([name]);
        expect(problems.join('\n')).toMatch(/expected/);
        expect(problems.join('\n').toLowerCase()).not.toContain('canary');
      }
    });
  }

  it('name everything that is wrong at once', () => {
    const all = Object.fromEntries(Object.entries(wrong).map(([name, [first = '']]) => [name, first]));
    expect(new Set(namesOf(problemsOf(all)))).toEqual(new Set(Object.keys(wrong)));
  });

  it('refuse a half-set mail, whichever half is missing and however wrong the other is', () => {
    expect(namesOf(problemsOf({ SMTP_URL: 'smtp://mail.example' }))).toEqual(['MAIL_FROM']);
    expect(namesOf(problemsOf({ MAIL_FROM: 'film@union.example' }))).toEqual(['SMTP_URL']);
    expect(namesOf(problemsOf({ SMTP_URL: 'nonsense' })).sort()).toEqual(['MAIL_FROM', 'SMTP_URL']);
    expect(namesOf(problemsOf({ MAIL_FROM: 'nonsense' })).sort()).toEqual(['MAIL_FROM', 'SMTP_URL']);
  });

  it('take what is right', () => {
    const config = readConfig(
      {
        PORT: '8080',
        HOST: '::1',
        DATA_DIR: 'films',
        DATABASE_URL: 'postgres://film:p%40ss@localhost/union?host=/run/postgresql',
        PUBLIC_URL: 'https://union.example/',
        SMTP_URL: 'smtps://user:p%25ss@mail.example:465',
        MAIL_FROM: 'UNION, the film <film@union.example>',
        STORAGE_URL: 's3://key:se%2Fcret@s3.example:9000/films?region=eu-west-1&tls=0',
        ROLE: 'worker',
        PROXIES: '2',
      },
      '/somewhere',
    );
    expect(config).toMatchObject({
      port: 8080,
      host: '::1',
      dataDir: '/somewhere/films',
      publicUrl: 'https://union.example',
      role: 'worker',
      proxies: 2,
      storage: {
        endpoint: 'http://s3.example:9000',
        bucket: 'films',
        region: 'eu-west-1',
        accessKeyId: 'key',
        secretAccessKey: 'se/cret',
      },
    });
  });

  it('never end in anything but a list of names, whatever is typed', () => {
    const names = Object.keys(wrong);
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom(...Object.values(wrong).flat()),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (environment) => {
        for (const name of namesOf(problemsOf(environment))) expect(names).toContain(name);
      }),
      { numRuns: 500 },
    );
  });

  it('a MAIL_FROM of a hundred thousand characters is answered at once', () => {
    const began = performance.now();
    expect(
      namesOf(problemsOf({ ...partner, MAIL_FROM: `${'a'.repeat(50_000)}@${'a'.repeat(50_000)}` })),
    ).toEqual(['MAIL_FROM']);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
