/** One verb of the command line. */
export type Command = {
  readonly name: string;
  /** Behind the name: `<folder> [--publish]`. */
  readonly usage: string;
  /** One line for the list of commands. */
  readonly about: string;
  /** What `--help` says below that. */
  readonly help: string;
  /** @returns the exit code */
  run(args: string[]): Promise<number>;
};

/** A call that cannot be understood; answered with the command's usage. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
