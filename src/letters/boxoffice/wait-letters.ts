import type { Temporal } from 'temporal-polyfill';
import { teamAddress } from '../../domain/audience/index.ts';
import { boxOfficeOf, type Offer, offerPlaces } from '../../domain/boxoffice/index.ts';
import { type Screening, screeningById } from '../../domain/screenings/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { writeMail } from '../../platform/mail/write-mail.ts';
import { sayMoment } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import { automatic } from '../audience/index.ts';
import { letterFilm } from '../film.ts';
import { type Piece, written } from '../letter.tsx';
import { whenOf, whereOf } from './ticket-papers.ts';

/** Tells somebody that they are in line, with the secret that opens their place in it. */
export async function writeWaitJoined(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  wait: {
    readonly screeningId: string;
    readonly key: string;
    readonly address: string;
    readonly places: number;
    readonly language: string;
    readonly publicUrl: string;
  },
): Promise<void> {
  const { offerHours } = await boxOfficeOf(tx, filmId);
  await writeAbout(tx, filmId, now, wait, (title, { letter }) => ({
    key: `wait:${wait.screeningId}:${wait.address.toLowerCase()}:${now.epochMilliseconds}`,
    subject: letter.joined.subject(title),
    about: [letter.joined.about(title, wait.places), letter.joined.rule(offerHours)],
    button: { path: (slug) => `/screenings/${slug}/waitlist?key=${wait.key}`, label: letter.joined.open },
  }));
}

/** Offers what is free to those who wait, and tells each of them; both or neither. */
export async function offerAndTell(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, publicUrl }: { readonly screeningId: string; readonly publicUrl: string },
): Promise<void> {
  for (const offer of await offerPlaces(tx, filmId, now, screeningId))
    await writeOffered(tx, filmId, now, { ...offer, publicUrl });
}

async function writeOffered(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  offer: Offer & { readonly publicUrl: string },
): Promise<void> {
  await writeAbout(tx, filmId, now, offer, (title, { letter }, { venue: { timezone } }) => ({
    key: `offer:${offer.entryId}`,
    subject: letter.offered.subject(title),
    about: [
      letter.offered.about(title, offer.places),
      letter.offered.until(sayMoment(offer.until, timezone, offer.language)),
    ],
    button: { path: (slug) => `/screenings/${slug}/waitlist?key=${offer.key}`, label: letter.offered.open },
  }));
}

type Said = {
  readonly key: string;
  readonly subject: string;
  readonly about: readonly string[];
  readonly button: { readonly path: (slug: string) => string; readonly label: string };
};

type To = {
  readonly screeningId: string;
  readonly address: string;
  readonly language: string;
  readonly publicUrl: string;
};

async function writeAbout(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { screeningId, address, language, publicUrl }: To,
  say: (title: string, said: ReturnType<typeof words>['waitlist'], screening: Screening) => Said,
): Promise<void> {
  const film = await letterFilm(tx, filmId);
  const screening = film && (await screeningById(tx, filmId, screeningId));
  if (!film || !screening) return;
  const { waitlist } = words(language);
  const title = film.titleIn(language);
  const { key, subject, about, button } = say(title, waitlist, screening);
  const href = film.pageAt(publicUrl, button.path(screening.slug), language);
  const team = teamAddress(film.document, 'general');
  await writeMail(tx, filmId, now, {
    ...{ key, to: address, headers: automatic, ...(team === null ? {} : { replyTo: team }) },
    ...written({
      ...{ language, title, theme: film.theme, subject },
      pieces: [
        { kind: 'words', text: waitlist.letter.hello },
        ...about.map((text): Piece => ({ kind: 'words', text })),
        {
          kind: 'words',
          text: [whenOf(screening, language), ...whereOf(film, screening, language)].join('\n'),
        },
        { kind: 'button', href, label: button.label, below: waitlist.letter.below },
        { kind: 'small', text: waitlist.letter.notMe },
      ],
    }),
  });
}
