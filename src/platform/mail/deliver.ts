import { PassThrough } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { MadeAttachment } from './attachments.ts';

/** A letter as a mail server gets it. */
export type OutgoingLetter = {
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Made once and kept: the same letter sent again carries the same one. */
  readonly messageId: string;
  readonly attachments: readonly MadeAttachment[];
};

/**
 * What became of one try. `later`: the server does not have it, try again. `refused`: it never will.
 * `uncertain`: the server was given all of it and went away before it answered; nobody knows.
 */
export type Delivery =
  | { readonly kind: 'sent' }
  | { readonly kind: 'later' | 'refused' | 'uncertain'; readonly why: string };

/** Gives letters to one mail server. Never throws: every outcome has a name. */
export type MailTransport = { deliver(letter: OutgoingLetter): Promise<Delivery> };

// A server that greylists or scans may think for half a minute; one that says nothing for longer is down.
const silenceMs = 30_000;
const connectMs = 10_000;
const wholeMs = 90_000;

/**
 * The transport of SMTP_URL, or null where none is set: then mails wait in the outbox.
 * @param limits shorter waits, for tests against a server that never answers
 */
export function openTransport(
  { smtpUrl, mailFrom }: { readonly smtpUrl: string | null; readonly mailFrom: string | null },
  limits: { readonly silenceMs?: number } = {},
): MailTransport | null {
  if (smtpUrl === null || mailFrom === null) return null;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: limits.silenceMs ?? silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // The last stream before the socket ends only when the server has been given every byte.
  const handedOver = new Set<string>();
  transport.use('stream', (mail, done) => {
    mail.message.processFunc((input) => {
      const seen = new PassThrough();
      seen.once('end', () => handedOver.add(String(mail.data.messageId)));
      return input.pipe(seen);
    });
    done();
  });
  return {
    async deliver(letter) {
      try {
        await transport.sendMail(addressed(letter, mailFrom));
        return { kind: 'sent' };
      } catch (error) {
        return judge(error, handedOver.has(letter.messageId));
      } finally {
        handedOver.delete(letter.messageId);
      }
    },
  };
}

function addressed(letter: OutgoingLetter, from: string) {
  const { 'In-Reply-To': inReplyTo, References: references, ...headers } = letter.headers;
  return {
    from,
    // As objects, so that nothing in an address is read as a second one.
    to: [{ name: '', address: letter.to }],
    ...(letter.replyTo === null ? {} : { replyTo: { name: '', address: letter.replyTo } }),
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    messageId: letter.messageId,
    attachments: letter.attachments.map(({ name, type, bytes }) => ({
      ...{ filename: name, contentType: type, content: bytes },
    })),
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
    headers,
    signal: AbortSignal.timeout(wholeMs),
  };
}

type MailError = { code?: unknown; command?: unknown; responseCode?: unknown; response?: unknown };

function judge(error: unknown, isHandedOver: boolean): Delivery {
  const { code, command, responseCode, response } = (error ?? {}) as MailError;
  if (typeof responseCode === 'number') {
    const why = `The mail server answered ${String(response ?? responseCode).slice(0, 300)}`;
    // A 5xx about this sender, this recipient or this text is final. About signing in or greeting, it is a
    // matter of settings, and the letter waits until they are right.
    const isAboutLetter = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA';
    return { kind: responseCode >= 500 && isAboutLetter ? 'refused' : 'later', why };
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { kind: 'refused', why: 'The address cannot be written to.' };
  if (isHandedOver) return { kind: 'uncertain', why: 'The mail server took the mail and did not answer.' };
  return { kind: 'later', why: silentWords(code) };
}

function silentWords(code: unknown): string {
  if (code === 'ETIMEDOUT' || code === 'EABORT') return 'The mail server did not answer in time.';
  if (code === 'EDNS') return 'The mail server’s name leads nowhere.';
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'The mail server did not let us sign in.';
  if (code === 'ETLS') return 'The mail server could not be spoken to safely (TLS).';
  return 'The mail server could not be reached.';
}
