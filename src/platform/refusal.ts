/**
 * An expected no. Thrown, because throwing is what rolls a transaction back; each edge maps its code to
 * words and a status. Everything else that is thrown is a bug.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  /** What the words need: a number left, a field's name. Never a secret, never a person's text. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: string, details: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
