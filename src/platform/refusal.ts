/**
 * An expected no. Thrown, because throwing is what rolls a transaction back; each edge maps its code to
 * words and a status. Everything else that is thrown is a bug. It has no stack: it is an answer, and a house that is
 * full gives it thousands of times a second.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** What the words need: a number left, a field's name. Never a secret, never a person's text. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: string, details: Readonly<Record<string, string | number>> = {}) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.details = details;
  }
}
