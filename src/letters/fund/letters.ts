import type { Temporal } from 'temporal-polyfill';
import type { UsedGift, Wait } from '../../domain/fund/index.ts';
import { screeningById } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { sayMoment, sayStart } from '../../ui/dates.ts';
import { sayMoney } from '../../ui/money.ts';
import { automatic } from '../audience/inquiry-letters.ts';
import { letterFilm } from '../film.ts';
import { written } from '../letter.tsx';
import { letterWords } from '../words.ts';

/** Tells somebody who waited that a place is paid for them, until when, and where they take it. */
export async function writeOffer(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { wait, secret }: { readonly wait: Wait; readonly secret: string },
): Promise<void> {
  const { id, address, language, site, screeningId, offeredUntil } = wait;
  const film = await letterFilm(tx, filmId);
  const screening = await screeningById(tx, filmId, screeningId);
  if (!film || !screening || !offeredUntil) return;
  const words = letterWords(language).grantOffered;
  const title = film.titleIn(language);
  const { timezone } = screening.venue;
  await writeMail(tx, filmId, now, {
    key: `grant-offered:${id}`,
    to: address,
    headers: automatic,
    ...written({
      ...{ language, title, theme: film.theme, subject: words.subject(title) },
      pieces: [
        { kind: 'words', text: words.about(title, sayStart(screening, language)) },
        {
          kind: 'button',
          href: `${site}/screenings/${screening.slug}/grant?offer=${secret}`,
          label: words.button,
          below: words.below,
        },
        { kind: 'words', text: words.until(sayMoment(offeredUntil, timezone, language)) },
        { kind: 'small', text: words.over },
      ],
    }),
  });
}

/** Tells a giver that their gift paid for somebody: never for whom, where or when. */
export async function writeGiftUsed(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { id, address, language, amount, currency }: UsedGift,
): Promise<void> {
  const film = await letterFilm(tx, filmId);
  if (!film) return;
  const words = letterWords(language).giftUsed;
  const title = film.titleIn(language);
  await writeMail(tx, filmId, now, {
    key: `gift-used:${id}`,
    to: address,
    headers: automatic,
    ...written({
      ...{ language, title, theme: film.theme, subject: words.subject(title) },
      pieces: [
        { kind: 'words', text: words.about(sayMoney(amount, currency, language), title) },
        { kind: 'small', text: words.once },
      ],
    }),
  });
}
