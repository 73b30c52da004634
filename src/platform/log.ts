import { pino } from 'pino';

/** What may be logged: words of ours and plain facts. Never a body, a header, an address or a secret. */
export type Log = {
  info(facts: Facts, words: string): void;
  warn(facts: Facts, words: string): void;
  error(facts: Facts, words: string): void;
};
type Facts = Readonly<Record<string, unknown>>;

// Keys whose values may be secrets or people; listed so that a careless call cannot print them.
const secretKeys = [
  'authorization',
  'body',
  'cookie',
  'email',
  'headers',
  'message',
  'name',
  'password',
  'secret',
  'to',
  'token',
  'url',
];

/** A logger that writes one JSON line an event to standard error, and withholds what may be secret or personal. */
export function makeLog(level: 'info' | 'warn' | 'silent' = 'info', stream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`]), censor: '…' },
      serializers: { error: describeError },
    },
    stream,
  );
}

/** An error without the values that it was about: database errors quote rows in `detail`, and rows are people. */
export function describeError(error: unknown): Facts {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return { kind: error.name, words: wordsOf(error), code, constraint, table, stack: stackOf(error) };
}

/** PostgreSQL and JSON.parse quote what they could not read, and that is what somebody typed. */
function wordsOf(error: Error): string {
  const quotes = error instanceof SyntaxError || 'severity' in error;
  return scrub(
    quotes ? error.message.replace(/"[^"]*("|$)/g, '"…"').replace(/'[^']*('|$)/g, "'…'") : error.message,
  );
}

function stackOf(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trim().startsWith('at '))
    .slice(0, 12)
    .join('\n');
}

/** Takes e-mail addresses, query strings, credentials in URLs and long tokens out of a text. */
export function scrub(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(/[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/g, '…@…')
    .replace(/\?[^\s"']+/g, '?…')
    .replace(/\/\/[^\s'"<>]*@/g, '//…@')
    .replace(/[A-Za-z0-9_-]{22,}/g, '…');
}
