/** One request as it goes over the wire. */
export type Generated = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly isSignedIn: boolean;
};

/** Numbers in [0, 1) that a seed decides (mulberry32). */
function numbersOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const uuid = '01990000-0000-7000-8000-000000000000';
const secret = 'AAAAAAAAAAAAAAAAAAAAAA';
const hash = 'a'.repeat(64);

const publicPaths =
  `/ /screenings /screenings.ics /screenings.rss /screenings.json /screenings/nwff-2024-11-03
  /screenings/nwff-2024-11-03.ics /press /partners /act /contact /contact/general /contact/press /contact/partner
  /contact/host /contact/education /contact/general/sent /newsletter /newsletter/sent /newsletter/confirmed
  /newsletter/stopped /newsletter/confirm/${secret} /newsletter/stop/${uuid}/${secret} /forms/challenge /sitemap.xml
  /robots.txt /health /assets/site.css /theme/${hash}.css /media/${hash}.svg /media/${hash}-640.avif /favicon.ico
  /preview/${secret} /preview/${secret}/press /es /es/screenings /es/contact/general /cards/front.png
  /about-the-campaign /films/union /films/union/es/press /films/elsewhere /setup/${secret}`.split(/\s+/);
const deskPaths =
  `/admin /admin/sign-in /admin/sign-in/second-factor /admin/sign-in/link /admin/sign-in/link/${secret}
  /admin/forgotten-password /admin/new-password/${secret} /admin/invitations/${secret} /admin/account
  /admin/account/name /admin/account/password /admin/account/two-factor /admin/account/backup-codes
  /admin/account/passkeys/x/removal /admin/account/sessions/x/end /admin/auth/get-session /admin/films/union
  /admin/films/union/film /admin/films/union/film/record /admin/films/union/film/press /admin/films/union/film/press/0
  /admin/films/union/film/credits/0/people/0 /admin/films/union/film/theme /admin/films/union/film/revisions
  /admin/films/union/film/revisions/compare /admin/films/union/film/previews /admin/films/union/film/pictures
  /admin/films/union/film/text-preview /admin/films/union/film/theme-sample /admin/films/union/film/rollbacks
  /admin/films/union/film/undo /admin/films/union/inbox /admin/films/union/inbox/${uuid}
  /admin/films/union/inbox/${uuid}/state /admin/films/union/inbox/${uuid}/notes /admin/films/union/inbox.csv
  /admin/films/union/screenings /admin/films/union/screenings/new /admin/films/union/screenings/nwff-2024-11-03
  /admin/films/union/screenings/import /admin/films/union/team /admin/films/union/team/invitations
  /admin/films/union/team/members/${uuid}/role /admin/films/union/outbox /admin/films/union/outbox/${uuid}
  /admin/films/union/outbox/${uuid}/html /admin/films/union/audit /admin/films/elsewhere/film`.split(/\s+/);

/** What a person, a broken program or an attacker writes into anything. */
export const corpus: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  '99999999999999999999',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '{"a":',
  "'",
  '"',
  "' or '1'='1",
  "'; drop table film; --",
  '1; select pg_sleep(10)',
  '${7*7}{{7*7}}<%=7*7%>',
  '{{ env }}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</script><svg onload=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e',
  '%00',
  'a\u0000b',
  'a\u0001\u0007\u001b[2J',
  '%ff%fe',
  '%',
  '%zz',
  '%u0041',
  '\ud83d',
  'العربية',
  '\u202etxt.exe',
  '👩🏽‍🏭👨‍👩‍👧‍👦',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢',
  '\r\nset-cookie: a=b',
  'a\tb\nc\r\nd',
  '=cmd|calc!A1',
  '2024-02-30',
  '2024-03-10T02:30',
  '-999999-01-01',
  '275760-09-13T00:00:00Z',
  'Mars/Olympus',
  'constructor',
  '__proto__',
  'toString',
  'x'.repeat(300),
  'x'.repeat(1_900),
  'a,'.repeat(300),
  '(a+)+$',
  '((((((((((',
  uuid,
  secret,
  hash,
  'union',
  'en',
  'es',
  'xx-XX',
  '98101',
  '00000',
  '40.7,-74.0',
];
const huge = 'x'.repeat(70_000);

const queryNames =
  `near by place date page from to q lang language state kind sort order number back open said of at
  focus w width format token secret film limit offset when how`.split(/\s+/);
const fieldNames =
  `name email message organization organisation phone city _do _over _at order at to note text accent
  paper ink type number password address role secret code kind state title slug body value image alt url
  newsletter-consent List-Unsubscribe altcha stamp decoy website document csv file starts_at timezone`.split(
    /\s+/,
  );
const headerNames =
  `accept accept-encoding accept-language cookie if-none-match if-modified-since range referer
  user-agent x-forwarded-for x-forwarded-host x-forwarded-proto forwarded x-real-ip x-http-method-override
  content-encoding authorization te cache-control sec-fetch-mode x-original-url`.split(/\s+/);
const methods = [
  'GET',
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'POST',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
];
const ranges = [
  'bytes=0-',
  'bytes=-1',
  'bytes=5-2',
  'bytes=0-0,2-3',
  'bytes=99999999999999999999-',
  'bytes=a-b',
  'lines=1-2',
  'bytes=-0',
];

/** Requests without end, the same ones for the same seed. `host` is what most of them ask for. */
export function* generatedRequests(seed: number, host: string): Generator<Generated> {
  const next = numbersOf(seed);
  const chance = (share: number) => next() < share;
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const escaped = (text: string) =>
    chance(0.8) ? encodeURIComponent(text.toWellFormed()) : encodeURI(text.toWellFormed());
  const path = (isSignedIn: boolean) => {
    const parts = one(isSignedIn || chance(0.3) ? deskPaths : publicPaths).split('/');
    if (chance(0.5)) parts[1 + Math.floor(next() * (parts.length - 1))] = escaped(one(corpus));
    if (chance(0.1)) parts.push(escaped(one(corpus)));
    if (chance(0.03)) parts.splice(1, 0, one(['', '.', '..', '%2e%2e', '%2f', '%5c']));
    const query = Array.from(
      { length: chance(0.4) ? 1 + Math.floor(next() * 4) : 0 },
      () => `${one(queryNames)}=${escaped(one(corpus))}`,
    );
    return parts.join('/') + (query.length > 0 ? `?${query.join('&')}` : '');
  };
  const headers = () => {
    const made: Record<string, string> = { host: chance(0.9) ? host : headerText(one(corpus)) || host };
    for (let at = 0; chance(0.4) && at < 4; at += 1) made[one(headerNames)] = headerText(one(corpus));
    if (chance(0.05)) made.range = one(ranges);
    const fetchSite = next();
    if (fetchSite < 0.7)
      Object.assign(made, { origin: `http://${made.host}`, 'sec-fetch-site': 'same-origin' });
    else if (fetchSite < 0.8) made.origin = one(['null', 'http://evil.example', headerText(one(corpus))]);
    return made;
  };
  const body = (): [string, Buffer | null] => {
    const pairs = Array.from({ length: Math.floor(next() * 8) }, (): [string, string] => [
      one(fieldNames),
      chance(0.02) ? huge : one(corpus),
    ]);
    const form = pairs.map(([name, value]) => `${name}=${escaped(value)}`).join('&');
    const kind = next();
    if (kind < 0.55) return ['application/x-www-form-urlencoded', Buffer.from(form)];
    if (kind < 0.75) {
      const parts = pairs.map(
        ([name, value]) =>
          `--b\r\ncontent-disposition: form-data; name="${name}"${chance(0.2) ? '; filename="x.jpg"' : ''}\r\n\r\n${value}\r\n`,
      );
      return [
        'multipart/form-data; boundary=b',
        Buffer.from(`${parts.join('')}--b${chance(0.8) ? '--' : ''}\r\n`),
      ];
    }
    if (kind < 0.85) return ['application/json', Buffer.from(one(corpus))];
    if (kind < 0.95)
      return [
        one([
          '',
          'text/plain',
          'multipart/form-data',
          'application/x-www-form-urlencoded; charset=utf-7',
          'x',
        ]),
        Buffer.from(form),
      ];
    return ['application/x-www-form-urlencoded', null];
  };
  for (;;) {
    const method = one(methods);
    const isSignedIn = chance(0.4);
    const made = headers();
    const [type, bytes] = method === 'GET' || method === 'HEAD' || method === 'TRACE' ? ['', null] : body();
    if (type !== '') made['content-type'] = type;
    yield { method, path: path(isSignedIn), headers: made, body: bytes, isSignedIn };
  }
}

/** What may stand in a header: the rest never leaves an HTTP client. */
function headerText(text: string): string {
  return [...text]
    .filter((letter) => letter >= ' ' && letter <= '~')
    .join('')
    .slice(0, 400);
}
