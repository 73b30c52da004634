// Loaded into the program before itself: it dies, as by `kill -9`, right before the statement of this number (DIE_AT)
// that it sends to the database since it began to read who signs the provider's events; or, for `commit`, once it has
// sent the commit that keeps an event, before the answer to that.
import pg from 'pg';

const last = process.env.DIE_AT;
const asked = pg.Client.prototype.query;
let sent = 0;
let isKept = false;

pg.Client.prototype.query = function query(text, ...rest) {
  const isStatement = typeof text === 'string';
  if (isStatement && (sent > 0 || text.includes('"webhook_secret" is not null'))) sent += 1;
  if (sent === Number(last)) process.kill(process.pid, 'SIGKILL');
  if (isStatement && text.startsWith('insert into "provider_event"')) isKept = true;
  if (last === 'commit' && isKept && text === 'commit')
    setImmediate(() => process.kill(process.pid, 'SIGKILL'));
  return asked.call(this, text, ...rest);
};
