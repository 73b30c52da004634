import { createTransport } from 'nodemailer';
import type { HealthLine } from './index.ts';

type Line = Omit<HealthLine, 'name'>;

/** How long an answer of the mail server is believed: Today is opened often, signing in there takes a while. */
const trustMs = 60_000;
const known = new Map<string, { readonly line: Line; readonly untilMs: number }>();

/** Whether the mail server answers and lets us in. */
export async function mailLine(smtpUrl: string | null): Promise<Line> {
  if (smtpUrl === null) {
    return {
      state: 'warn',
      words: 'No mail server is set: mails wait in the outbox, sign-in links are printed in the terminal.',
      todo: 'Set SMTP_URL and MAIL_FROM, then start again.',
    };
  }
  const before = known.get(smtpUrl);
  if (before && before.untilMs > Date.now()) return before.line;
  const line = await ask(smtpUrl);
  known.set(smtpUrl, { line, untilMs: Date.now() + trustMs });
  return line;
}

async function ask(smtpUrl: string): Promise<Line> {
  const { host } = new URL(smtpUrl);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 3_000,
    greetingTimeout: 3_000,
    dnsTimeout: 3_000,
    socketTimeout: 3_000,
  });
  try {
    await transport.verify();
    return { state: 'good', words: `${host} answers and takes mail.`, todo: null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      state: 'bad',
      words: code === 'EAUTH' ? `${host} does not let us sign in.` : `${host} cannot be reached.`,
      todo: 'Mails wait and go out when it answers. Look at SMTP_URL, or ask the mail provider.',
    };
  } finally {
    transport.close();
  }
}
