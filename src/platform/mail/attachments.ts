/** A paper that goes with a mail: what it is, and of what it is made. Drawn when the mail is sent, and kept nowhere. */
export type Attachment = {
  /** As the reader finds it: `tickets.pdf`. */
  readonly name: string;
  readonly type: string;
  /** Which maker draws it, and from which ids. */
  readonly kind: string;
  readonly of: Readonly<Record<string, string>>;
  /** Without it the mail would say nothing: it waits until the paper can be drawn. Others go without theirs. */
  readonly isNeeded: boolean;
};

/** Papers by their kind. @throws where it cannot be drawn now */
export type AttachmentMakers = Readonly<
  Record<string, (filmId: string, of: Readonly<Record<string, string>>) => Promise<Buffer>>
>;

/** A paper as a mail carries it. */
export type MadeAttachment = { readonly name: string; readonly type: string; readonly bytes: Buffer };

/**
 * Draws a mail's papers. What cannot be drawn is told to `onFailure` and left out, because a letter that leads to its
 * papers is worth more than none.
 * @throws when one is needed and cannot be drawn
 */
export async function makeAttachments(
  makers: AttachmentMakers,
  filmId: string,
  attachments: readonly Attachment[],
  onFailure: (attachment: Attachment, error: unknown) => void,
): Promise<MadeAttachment[]> {
  const made: MadeAttachment[] = [];
  for (const attachment of attachments) {
    const { name, type, kind, of, isNeeded } = attachment;
    try {
      const make = makers[kind];
      if (make === undefined) throw new Error(`nobody draws ${kind}`);
      made.push({ name, type, bytes: await make(filmId, of) });
    } catch (error) {
      onFailure(attachment, error);
      if (isNeeded) throw error;
    }
  }
  return made;
}
