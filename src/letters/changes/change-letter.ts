import type { Temporal } from 'temporal-polyfill';
import {
  type Known,
  noteTold,
  noticeById,
  type Order,
  type OrderNotice,
  orderById,
  sayOrderCode,
} from '../../domain/boxoffice/index.ts';
import {
  parseLocalStart,
  plainText,
  type Screening,
  screeningById,
  startMoments,
} from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { newSecret } from '../../platform/secrets.ts';
import { sayDay, sayMoment, sayStart } from '../../ui/dates.ts';
import { changeWords, mayKeep } from '../../ui/words/changes.ts';
import { type LetterFilm, letterFilm } from '../film.ts';
import { type Piece, written } from '../letter.tsx';

export type ChangeJob = { readonly changeId: string; readonly orderId: string; readonly publicUrl: string };

/**
 * Tells one order of a change, with the secret by which its buyer chooses what becomes of the tickets. Written once:
 * the note and the mail are one transaction.
 */
export async function writeChangeLetter(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { changeId, orderId, publicUrl }: ChangeJob,
): Promise<void> {
  const notice = await noticeById(tx, filmId, { changeId, orderId });
  const order = await orderById(tx, filmId, orderId);
  const screening = notice && (await screeningById(tx, filmId, notice.screeningId));
  const film = screening && (await letterFilm(tx, filmId));
  const address = order?.buyer?.address ?? null;
  // Who chose before the letter was written needs none.
  if (!film || !order || !screening || address === null || notice.choice !== null) return;
  const secret = newSecret();
  if (!(await noteTold(tx, filmId, now, { changeId, orderId, secret }))) return;
  const path = `/orders/${order.code}/change`;
  const href = `${film.pageAt(publicUrl, path, order.language)}?key=${secret}`;
  await writeMail(tx, filmId, now, {
    key: `change:${changeId}:${orderId}`,
    to: address,
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...letterOf(film, { order, notice, screening, href }),
  });
}

type About = {
  readonly order: Order;
  readonly notice: OrderNotice;
  readonly screening: Screening;
  readonly href: string;
};

function letterOf(film: LetterFilm, { order, notice, screening, href }: About) {
  const { language, buyer, code } = order;
  const { kind, knew, message } = notice;
  const words = changeWords(language);
  const title = film.titleIn(language);
  const good = order.tickets.filter(({ cancelledAt }) => cancelledAt === null).length;
  const team = film.document.contact?.addresses?.general;
  const pieces: Piece[] = [
    ...(buyer === null ? [] : [{ kind: 'words' as const, text: words.hello(buyer.name) }]),
    { kind: 'words', text: words.about[kind](title) },
    { kind: 'answers', answers: momentsOf(words, kind, knew, screening, language) },
    ...(message === '' ? [] : [{ kind: 'quote' as const, text: message }]),
    { kind: 'words', text: mayKeep(kind) ? words.mayKeep : words.must },
    { kind: 'button', href, label: words.button, below: words.below },
    { kind: 'small', text: words.order(sayOrderCode(code), good) },
  ];
  return {
    ...(team === undefined ? {} : { replyTo: team }),
    ...written({ language, title, theme: film.theme, subject: words.subject[kind](title), pieces }),
  };
}

function momentsOf(
  words: ReturnType<typeof changeWords>,
  kind: OrderNotice['kind'],
  knew: Known,
  screening: Screening,
  language: string,
): { readonly label: string; readonly shown: string }[] {
  const { venue } = screening;
  const where = [venue.name, venue.street ?? '', venue.city ?? ''].map((text) => plainText(text));
  const now = [sayStart(screening, language), where.filter(Boolean).join(', ')].join('\n');
  const was = { label: words.was, shown: sayKnown(knew, venue.timezone, language) };
  return kind === 'moved' || kind === 'restored' ? [was, { label: words.is, shown: now }] : [was];
}

/** When and where somebody thought that it would be. */
export function sayKnown({ starts_at, venue }: Known, zone: string, language: string): string {
  const where = [venue.name, venue.street ?? '', venue.city ?? ''].map((text) => plainText(text));
  const timezone = venue.timezone ?? zone;
  const start = parseLocalStart(starts_at);
  const moments = start === null ? 'not_a_local_time' : startMoments(start, timezone);
  if (start === null || typeof moments === 'string') return where.filter(Boolean).join(', ');
  const when = start.time === null ? sayDay : sayMoment;
  return [when(moments.startsAt, timezone, language), where.filter(Boolean).join(', ')].join('\n');
}
