import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';

/** How this installation is set up; read once at start, never from the environment again. */
export type Config = {
  readonly port: number;
  /** The address that the server binds: this machine alone unless HOST says otherwise. */
  readonly host: string;
  readonly dataDir: string;
  /** null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Scheme and host that people type, without a slash at the end. */
  readonly publicUrl: string;
  /** null: mails wait in the outbox page. */
  readonly smtpUrl: string | null;
  /** From which address mails come, where SMTP is set. */
  readonly mailFrom: string | null;
  /** null: files lie in the data folder. */
  readonly storage: S3Place | null;
  readonly role: 'all' | 'web' | 'worker';
  /** A server in Stripe's place, on this machine alone, for trials; null: Stripe's own. */
  readonly stripeUrl: string | null;
  /** How many proxies in front add to X-Forwarded-For; 0: none is believed. */
  readonly proxies: number;
  readonly production: boolean;
};

export type S3Place = {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** Every setting that is wrong, by name, each with what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment. Values are never quoted in errors: they may hold passwords.
 * @throws {ConfigError} naming every setting that is half-set or wrong, all at once
 */
export function readConfig(environment: Environment, folder: string): Config {
  const problems: string[] = [];
  const read = <T>(name: string, fallback: T, parse: (value: string) => T | string[]): T => {
    const value = environment[name]?.trim();
    if (value === undefined || value === '') return fallback;
    const parsed = parse(value);
    if (!Array.isArray(parsed)) return parsed;
    problems.push(`${name}: expected ${parsed.join(' ')}`);
    return fallback;
  };
  const port = read('PORT', 4000, parsePort);
  const smtpUrl = read<string | null>('SMTP_URL', null, (value) => parseUrl(value, ['smtp:', 'smtps:']));
  const mailFrom = read<string | null>('MAIL_FROM', null, parseMailFrom);
  const isSet = (name: string) => (environment[name]?.trim() ?? '') !== '';
  if (isSet('SMTP_URL') && !isSet('MAIL_FROM'))
    problems.push('MAIL_FROM: expected an address, because SMTP_URL is set');
  if (isSet('MAIL_FROM') && !isSet('SMTP_URL'))
    problems.push('SMTP_URL: expected a server, because MAIL_FROM is set');
  const production = environment.NODE_ENV === 'production';
  const config: Config = {
    port,
    host: read('HOST', '127.0.0.1', parseHost),
    dataDir: read('DATA_DIR', resolve(folder, 'data'), (value) =>
      isAbsolute(value) ? value : resolve(folder, value),
    ),
    databaseUrl: read<string | null>('DATABASE_URL', null, (value) =>
      parseUrl(value, ['postgres:', 'postgresql:']),
    ),
    publicUrl: read('PUBLIC_URL', `http://localhost:${port}`, parsePublicUrl),
    smtpUrl,
    mailFrom,
    storage: read<S3Place | null>('STORAGE_URL', null, parseStorageUrl),
    role: read<Config['role']>('ROLE', 'all', (value) =>
      value === 'all' || value === 'web' || value === 'worker' ? value : ['web, worker or all'],
    ),
    stripeUrl: read<string | null>('STRIPE_URL', null, parseStripeUrl),
    proxies: read('PROXIES', 0, (value) =>
      /^[0-9]$/.test(value) ? Number(value) : ['a number of proxies, 0 to 9'],
    ),
    production,
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function parsePort(value: string): number | string[] {
  const port = Number(value);
  return /^\d{1,5}$/.test(value) && port >= 1 && port <= 65_535 ? port : ['a port from 1 to 65535'];
}

function parseHost(value: string): string | string[] {
  const isName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(value);
  // Digits and points alone are an IPv4 address or a slip of the finger, never a name.
  return isIP(value) !== 0 || (isName && !/^[\d.]+$/.test(value))
    ? value
    : ['an address of this machine such as 127.0.0.1 or ::'];
}

function parseUrl(value: string, schemes: string[]): string | string[] {
  if (URL.canParse(value)) {
    const url = new URL(value);
    if (!isDecodable(url.username) || !isDecodable(url.password) || !isDecodable(url.pathname))
      return ['a URL whose user, password and path are percent-encoded (% itself as %25)'];
    const socket = url.searchParams.has('host');
    if (schemes.includes(url.protocol) && (url.hostname !== '' || socket)) return value;
  }
  return [`a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')} and names a host`];
}

function isDecodable(value: string): boolean {
  try {
    decodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

function parseMailFrom(value: string): string | string[] {
  const address = '[^\\s@<>,;"()]+@[^\\s@<>,;"()]+\\.[^\\s@<>,;"()]+';
  return new RegExp(`^(?:${address}|[^<>\\r\\n]*<${address}>)$`).test(value)
    ? value
    : ['an address such as film@example.org or UNION <film@example.org>'];
}

function parsePublicUrl(value: string): string | string[] {
  const expected = ['an address such as https://film.example, without a path'];
  if (!URL.canParse(value)) return expected;
  const url = new URL(value);
  const bare =
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === '';
  return bare && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : expected;
}

/** Keys and payments go to it, so it is Stripe's own or this machine's. */
function parseStripeUrl(value: string): string | string[] {
  return /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/.test(value)
    ? value
    : ['a trial server of this machine such as http://127.0.0.1:4300'];
}

function parseStorageUrl(value: string): S3Place | string[] {
  const expected = ['s3://KEY:SECRET@host/bucket?region=… (add &tls=0 for a server without TLS)'];
  if (!URL.canParse(value)) return expected;
  const url = new URL(value);
  const bucket = url.pathname.slice(1);
  if (
    url.protocol !== 's3:' ||
    url.hostname === '' ||
    url.hash !== '' ||
    !/^[a-z0-9][a-z0-9.-]{1,62}$/.test(bucket)
  )
    return expected;
  if (url.username === '' || url.password === '') return expected;
  if (!isDecodable(url.username) || !isDecodable(url.password)) return expected;
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const isKnown = [...url.searchParams.keys()].every((name) => name === 'region' || name === 'tls');
  const tls = url.searchParams.get('tls') ?? '1';
  if (!isKnown || !/^[a-z0-9-]{1,40}$/.test(region) || !/^[01]$/.test(tls)) return expected;
  return {
    endpoint: `${tls === '0' ? 'http' : 'https'}://${url.host}`,
    bucket,
    region,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}
