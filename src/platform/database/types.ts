import pg from 'pg';
import { Temporal } from 'temporal-polyfill';

const int8 = 20;
const date = 1082;
const timestamptz = 1184;

// pg asks a value for `toPostgres` before it falls back to JSON, which would put quotes around an instant.
Object.defineProperty(Temporal.Instant.prototype, 'toPostgres', {
  value(this: Temporal.Instant) {
    return this.toString();
  },
});

/** How PostgreSQL's values arrive: timestamptz as Temporal.Instant, date as text, bigint as a safe number. */
export const postgresTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === timestamptz) return parseInstant;
      if (oid === date) return (value: string) => value;
      if (oid === int8) return parseSafeInteger;
    }
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

function parseInstant(value: string): Temporal.Instant {
  // '2024-11-03 16:00:00.123+00' → ISO 8601; the sessions run in UTC.
  return Temporal.Instant.from(`${value.slice(0, 10)}T${value.slice(11)}`);
}

function parseSafeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('a bigint that JavaScript cannot hold exactly');
  return number;
}
