// Loaded into the program before itself, for negative controls: it takes the lock out of what it asks of one table
// (WITHOUT_LOCK), and lets a moment of at most WITHOUT_LOCK_MS pass before each write of such a transaction, in which
// others read and write.
import pg from 'pg';

const table = process.env.WITHOUT_LOCK;
// At its end, or at the end of the query of one row inside it.
const lock = / for (?:no key )?update(?=$|\))/;
const writes =
  /^\s*(?:insert|update|delete|select (?:\* from )?(?:keep_orders|keep_for_good|give_tickets|take_places)\()/;
const momentMsMax = Number(process.env.WITHOUT_LOCK_MS);
const asked = pg.Client.prototype.query;
const unlocked = new WeakSet();

pg.Client.prototype.query = function query(text, ...rest) {
  if (typeof text !== 'string') return asked.call(this, text, ...rest);
  if (/^(begin|commit|rollback)/i.test(text)) unlocked.delete(this);
  if (text.includes(`from "${table}"`) && lock.test(text)) {
    unlocked.add(this);
    return asked.call(this, text.replace(lock, ''), ...rest);
  }
  if (!unlocked.has(this) || !writes.test(text)) return asked.call(this, text, ...rest);
  const moment = new Promise((done) => setTimeout(done, Math.random() * momentMsMax));
  return moment.then(() => asked.call(this, text, ...rest));
};
