import type { Temporal } from 'temporal-polyfill';
import {
  type FormKeys,
  optInDays,
  optInSecret,
  type PendingOptIn,
  pendingOptIn,
  stopSecret,
} from '../../domain/audience/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { letterFilm } from '../film.ts';
import { type LetterContent, written } from '../letter.tsx';
import { letterWords } from '../words.ts';
import { automatic } from './inquiry-letters.ts';

export type OptInJob = { readonly contactId: string; readonly optInId: string; readonly keys: FormKeys };

/** Asks an address whether it was they who asked for the newsletter. */
export async function writeOptIn(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  job: OptInJob,
): Promise<void> {
  await writeAbout(tx, filmId, now, job, ({ language, site, wording }, title) => {
    const words = letterWords(language).optIn;
    return {
      subject: words.subject(title),
      pieces: [
        { kind: 'words', text: words.about(title) },
        {
          kind: 'button',
          href: `${site}/newsletter/confirm/${optInSecret(job.keys, filmId, job.optInId)}`,
          label: words.button,
          below: words.below,
        },
        { kind: 'small', text: `${words.until(optInDays)} ${words.notMe}` },
        { kind: 'heading', text: words.agreed },
        { kind: 'words', text: wording },
      ],
    };
  });
}

/** Tells an address that is on the list already so, to its owner alone. */
export async function writeOptInKnown(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  job: OptInJob,
): Promise<void> {
  await writeAbout(tx, filmId, now, job, ({ language }, title, stop) => {
    const words = letterWords(language).known;
    return {
      subject: words.subject(title),
      pieces: [
        { kind: 'words', text: words.about(title) },
        { kind: 'button', href: stop, label: words.stop, below: words.below },
      ],
    };
  });
}

/** Writes the one mail of a request, in its language, where the request still stands. */
async function writeAbout(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { contactId, optInId, keys }: OptInJob,
  say: (asked: PendingOptIn, title: string, stop: string) => Pick<LetterContent, 'subject' | 'pieces'>,
): Promise<void> {
  const asked = await pendingOptIn(tx, filmId, contactId, optInId);
  const film = asked && (await letterFilm(tx, filmId));
  if (!film) return;
  const { language, address, site } = asked;
  const title = film.titleIn(language);
  const stop = stopLink(keys, filmId, contactId, site);
  await writeMail(tx, filmId, now, {
    key: `opt-in:${optInId}`,
    to: address,
    headers: { ...automatic, ...stopHeaders(stop) },
    ...written({ language, title, theme: film.theme, ...say(asked, title, stop) }),
  });
}

/** The address that ends the mails to one contact: for people a page, for mail programs one click. */
export function stopLink(keys: FormKeys, filmId: string, contactId: string, site: string): string {
  return `${site}/newsletter/stop/${contactId}/${stopSecret(keys, filmId, contactId)}`;
}

/** RFC 2369 and RFC 8058: the mail program's own button to unsubscribe. */
export function stopHeaders(link: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
