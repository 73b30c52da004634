import type { Temporal } from 'temporal-polyfill';
import {
  type Inquiry,
  inquiryById,
  inquiryMailKeys,
  messageIdsBefore,
  replyById,
  teamAddress,
} from '../../domain/audience/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { sayDay } from '../../ui/dates.ts';
import { type LetterFilm, letterFilm } from '../film.ts';
import { written } from '../letter.tsx';
import { letterWords } from '../words.ts';

/** Tells the visitor that their words have arrived, and the team that there is something to answer. */
export async function writeInquiryReceived(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { inquiryId, isCopied, publicUrl }: { inquiryId: string; isCopied: boolean; publicUrl: string },
): Promise<void> {
  const inquiry = await inquiryById(tx, filmId, inquiryId);
  const film = inquiry && (await letterFilm(tx, filmId));
  if (!film) return;
  const team = teamAddress(film.document, inquiry.form);
  if (isCopied) await writeMail(tx, filmId, now, copyLetter(film, inquiry, team));
  if (team !== null) await writeMail(tx, filmId, now, teamLetter(film, inquiry, team, publicUrl));
}

function copyLetter(film: LetterFilm, inquiry: Inquiry, team: string | null) {
  const { language, name, address, answers, code } = inquiry;
  const { received } = letterWords(language);
  const title = film.titleIn(language);
  return {
    key: inquiryMailKeys.received(inquiry.id),
    to: address,
    ...(team === null ? {} : { replyTo: team }),
    headers: automatic,
    ...written({
      language,
      title,
      theme: film.theme,
      subject: received.subject(title),
      pieces: [
        ...(name === '' ? [] : [{ kind: 'words' as const, text: received.hello(name) }]),
        { kind: 'words', text: received.about(title) },
        { kind: 'heading', text: received.wrote },
        { kind: 'answers', answers },
        { kind: 'small', text: received.code(code) },
        { kind: 'small', text: received.notMe },
      ],
    }),
  };
}

function teamLetter(film: LetterFilm, inquiry: Inquiry, team: string, publicUrl: string) {
  const { name, address, answers, formTitle, code, page } = inquiry;
  const title = film.titleIn('en');
  return {
    key: inquiryMailKeys.team(inquiry.id),
    to: team,
    replyTo: address,
    headers: automatic,
    ...written({
      language: 'en',
      title,
      theme: film.theme,
      subject: `${title}: ${formTitle}, from ${(name || address).slice(0, 80)}`,
      pieces: [
        { kind: 'words', text: `${name || address} filled in “${formTitle}”.` },
        { kind: 'answers', answers },
        {
          kind: 'button',
          href: `${publicUrl}/admin/films/${film.slug}/inbox/${code}`,
          label: 'Answer in the inbox',
          below: 'What is answered there stays with the inquiry, for the whole team. Its address:',
        },
        { kind: 'small', text: `An answer to this mail goes to ${address} alone. Sent from ${page}` },
      ],
    }),
  };
}

/** Sends the team's answer, as a mail that the visitor's program puts below what they wrote. */
export async function writeReply(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  entryId: string,
): Promise<void> {
  const reply = await replyById(tx, filmId, entryId);
  const film = reply && (await letterFilm(tx, filmId));
  if (!film) return;
  const { inquiry } = reply;
  const { language } = inquiry;
  const words = letterWords(language).reply;
  const title = film.titleIn(language);
  const team = teamAddress(film.document, inquiry.form);
  const before = await messageIdsBefore(tx, filmId, now, inquiry.id, entryId);
  const last = before.at(-1);
  const day = sayDay(inquiry.madeAt, film.document.film.timezone, language);
  await writeMail(tx, filmId, now, {
    key: inquiryMailKeys.reply(entryId),
    to: inquiry.address,
    ...(team === null ? {} : { replyTo: team }),
    headers: last === undefined ? {} : { 'In-Reply-To': last, References: before.join(' ') },
    ...written({
      language,
      title,
      theme: film.theme,
      subject: words.subject(title, inquiry.formTitle),
      pieces: [
        { kind: 'words', text: reply.body },
        { kind: 'words', text: words.from(reply.personName, title) },
        { kind: 'small', text: words.code(inquiry.code) },
        { kind: 'small', text: words.wrote(day) },
        {
          kind: 'quote',
          text: inquiry.answers.map(({ label, shown }) => `${label}: ${shown}`).join('\n'),
        },
      ],
    }),
  });
}

/** Tells out-of-office programs to keep still (RFC 3834). */
export const automatic: Readonly<Record<string, string>> = { 'Auto-Submitted': 'auto-generated' };
