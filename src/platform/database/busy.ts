// Waited too long for a lock, or altogether; caught in a ring of locks; no session left to ask with.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const busyCodes = new Set(['55P03', '57014', '40P01', '53300']);

/**
 * Whether something failed only because too much was asked of the database at once. Nothing of it was kept, and the
 * same again in a moment may well succeed.
 */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // The pool has no code for it.
  return busyCodes.has(code) || error.message.startsWith('timeout exceeded when trying to connect');
}
