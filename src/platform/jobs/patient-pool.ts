import pg from 'pg';

// The database went away, is going, or has no room: https://www.postgresql.org/docs/current/errcodes-appendix.html
const awayCodes = /^(ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|57P0[1-5]|08...|53...)$/;

/**
 * The queue's pool. What fails because the database is away fails here under a code that the queue tries again by
 * itself. Without it, noting that a job failed ends the process when the database goes in that very moment: the
 * queue hears its answer nowhere, and a promise that nobody hears ends Node.
 */
export function patientPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const patient = (...asked: unknown[]): unknown => {
      const answer = query(...asked);
      return answer instanceof Promise ? answer.catch(failPatiently) : answer;
    };
    Object.assign(client, { query: patient });
  });
  const connect = pool.connect.bind(pool) as (...asked: unknown[]) => unknown;
  Object.assign(pool, {
    connect: (...asked: unknown[]): unknown => {
      const client = connect(...asked);
      return client instanceof Promise ? client.catch(failPatiently) : client;
    },
  });
  return pool;
}

function failPatiently(error: unknown): never {
  if (error instanceof Error && isAway(error)) throw Object.assign(error, { code: 'ETIMEDOUT' });
  throw error;
}

function isAway(error: Error): boolean {
  const { code } = error as { code?: unknown };
  // pg gives no code to a connection that ended under a query.
  if (typeof code !== 'string') return /connection (terminated|error)|not queryable/i.test(error.message);
  return awayCodes.test(code);
}
