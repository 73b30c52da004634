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
import { type LetterFilm, letterFilm } from '../film.ts';
import { written } from '../letter.tsx';
import { letterWords } from '../words.ts';
import { automatic } from './inquiry-letters.ts';

export type OptInJob = { readonly contactId: string; readonly optInId: string; readonly keys: FormKeys };

/** Asks an address whether it was they who asked for the newsletter. */
export async function writeOptIn(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { contactId, optInId, keys }: OptInJob,
): Promise<void> {
  const asked = await pendingOptIn(tx, filmId, contactId, optInId);
  const film = asked && (await letterFilm(tx, filmId));
  if (!film) return;
  const { language, address, site, wording } = asked;
  const words = letterWords(language).optIn;
  const title = film.titleIn(language);
  await writeMail(tx, filmId, now, {
    key: `opt-in:${optInId}`,
    to: address,
    headers: { ...automatic, ...stopHeaders(stopLink(keys, filmId, contactId, site)) },
    ...written({
      language,
      title,
      theme: film.theme,
      subject: words.subject(title),
      pieces: [
        { kind: 'words', text: words.about(title) },
        {
          kind: 'button',
          href: `${site}/newsletter/confirm/${optInSecret(keys, filmId, optInId)}`,
          label: words.button,
          below: words.below,
        },
        { kind: 'small', text: `${words.until(optInDays)} ${words.notMe}` },
        { kind: 'heading', text: words.agreed },
        { kind: 'words', text: wording },
      ],
    }),
  });
}

/** Tells an address that is on the list already so, to its owner alone. */
export async function writeOptInKnown(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { contactId, optInId, keys }: OptInJob,
): Promise<void> {
  const asked = await pendingOptIn(tx, filmId, contactId, optInId);
  const film = asked && (await letterFilm(tx, filmId));
  if (film) await writeMail(tx, filmId, now, knownLetter(film, asked, filmId, { contactId, optInId, keys }));
}

function knownLetter(
  film: LetterFilm,
  { language, address, site }: PendingOptIn,
  filmId: string,
  { contactId, optInId, keys }: OptInJob,
) {
  const words = letterWords(language).known;
  const title = film.titleIn(language);
  const stop = stopLink(keys, filmId, contactId, site);
  return {
    key: `opt-in:${optInId}`,
    to: address,
    headers: { ...automatic, ...stopHeaders(stop) },
    ...written({
      language,
      title,
      theme: film.theme,
      subject: words.subject(title),
      pieces: [
        { kind: 'words', text: words.about(title) },
        { kind: 'button', href: stop, label: words.stop, below: words.below },
      ],
    }),
  };
}

/** The address that ends the mails to one contact: for people a page, for mail programs one click. */
export function stopLink(keys: FormKeys, filmId: string, contactId: string, site: string): string {
  return `${site}/newsletter/stop/${contactId}/${stopSecret(keys, filmId, contactId)}`;
}

/** RFC 2369 and RFC 8058: the mail program's own button to unsubscribe. */
export function stopHeaders(link: string): Record<string, string> {
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
