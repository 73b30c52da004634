import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { hashSecret, newId } from '../../platform/secrets.ts';
import { recordConsent, type Terms } from './consents.ts';
import { mergeContact } from './contacts.ts';
import { type FormKeys, linkSecret } from './keys.ts';
import { type SpentProof, spendProof } from './receive-inquiry.ts';
import type { Purpose } from './tables.ts';

/** How long the link in the mail is good. */
export const optInDays = 3;
/** Asked again within this time, it is the same request, and no second mail goes out. */
export const askAgainMinutes = 15;
/** Beyond this many in a day, somebody asks in another's name. */
const asksPerDayMax = 3;

const purpose: Purpose = 'newsletter';

export type OptInRequest = Terms & {
  readonly address: string;
  readonly name: string;
  /** The site's address with its language, for the link: `https://film.example/es`. */
  readonly site: string;
  readonly proof: SpentProof | null;
};

export type OptInAsked = 'asked' | 'repeat' | 'already';

/**
 * Notes that somebody asks for the newsletter, with the words that they saw, and has them asked by mail
 * whether it was they. Who already confirmed is told so by mail; the page says the same to everybody.
 * @throws {Refusal} proof_spent
 */
export async function askOptIn(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  keys: FormKeys,
  request: OptInRequest,
): Promise<OptInAsked> {
  const contact = await mergeContact(tx, filmId, now, request);
  const before = await lockSubscription(tx, filmId, contact.id, request.site);
  const isRecent = before.askedAt !== null && now.since(before.askedAt).total('minutes') < askAgainMinutes;
  if (isRecent || (await asksToday(tx, filmId, now, contact.id)) >= asksPerDayMax) return 'repeat';
  await spendProof(tx, filmId, request.proof);
  const optInId = newId();
  const isConfirmed = before.confirmedAt !== null;
  await tx
    .updateTable('subscription')
    .set({
      optInId,
      askedAt: now,
      withdrawnAt: null,
      site: request.site,
      ...(isConfirmed
        ? {}
        : {
            secretHash: hashSecret(optInSecret(keys, filmId, optInId)),
            expiresAt: now.add({ hours: 24 * optInDays }),
          }),
    })
    .where('filmId', '=', filmId)
    .where('contactId', '=', contact.id)
    .where('purpose', '=', purpose)
    .execute();
  await recordConsent(tx, filmId, now, contact.id, 'asked', request);
  await addJob(
    tx,
    isConfirmed ? 'opt-in-known' : 'opt-in-asked',
    { filmId, contactId: contact.id, optInId },
    { key: `opt-in:${optInId}` },
  );
  return isConfirmed ? 'already' : 'asked';
}

/** The secret of the link that asks; made again by the letter, kept only hashed. */
export function optInSecret(keys: FormKeys, filmId: string, optInId: string): string {
  return linkSecret(keys, 'opt-in', filmId, optInId);
}

async function asksToday(tx: Tx, filmId: string, now: Temporal.Instant, contactId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('consent')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .where('step', '=', 'asked')
    .where('at', '>', now.subtract({ hours: 24 }))
    .executeTakeFirstOrThrow();
  return count;
}

async function lockSubscription(tx: Tx, filmId: string, contactId: string, site: string) {
  await tx
    .insertInto('subscription')
    .values({ filmId, contactId, purpose, site })
    .onConflict((conflict) => conflict.columns(['filmId', 'contactId', 'purpose']).doNothing())
    .execute();
  return await tx
    .selectFrom('subscription')
    .select(['askedAt', 'confirmedAt'])
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export type PendingOptIn = {
  readonly address: string;
  readonly language: string;
  readonly site: string;
  readonly wording: string;
};

/** What the letter of a request needs; null where a newer request has taken its place, or it was withdrawn. */
export async function pendingOptIn(
  tx: Tx,
  filmId: string,
  contactId: string,
  optInId: string,
): Promise<PendingOptIn | null> {
  const found = await tx
    .selectFrom('subscription')
    .innerJoin('contact', (join) =>
      join
        .onRef('contact.filmId', '=', 'subscription.filmId')
        .onRef('contact.id', '=', 'subscription.contactId'),
    )
    .select(['contact.address', 'contact.language', 'subscription.site'])
    .where('subscription.filmId', '=', filmId)
    .where('subscription.contactId', '=', contactId)
    .where('subscription.purpose', '=', purpose)
    .where('subscription.optInId', '=', optInId)
    .where('subscription.withdrawnAt', 'is', null)
    .executeTakeFirst();
  return found ? { ...found, wording: (await lastAsked(tx, filmId, contactId)).wording } : null;
}

async function lastAsked(tx: Tx, filmId: string, contactId: string) {
  return await tx
    .selectFrom('consent')
    .select(['organisation', 'wording', 'language'])
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .where('step', '=', 'asked')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

export type OptInState = 'open' | 'confirmed' | 'expired' | 'unknown';

/** What a link from a mail can still do; asking changes nothing, because mail scanners ask too. */
export async function optInState(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  secret: string,
): Promise<OptInState> {
  const found = await tx
    .selectFrom('subscription')
    .select(['confirmedAt', 'expiresAt'])
    .where('filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .executeTakeFirst();
  if (!found) return 'unknown';
  if (found.confirmedAt !== null) return 'confirmed';
  return isPast(found.expiresAt, now) ? 'expired' : 'open';
}

/**
 * Puts on the list whoever holds the link. A second press changes nothing.
 * @throws {Refusal} link_unknown · link_expired
 */
export async function confirmOptIn(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  secret: string,
  seen: { readonly page: string; readonly networkHash: Buffer | null },
): Promise<void> {
  const found = await tx
    .selectFrom('subscription')
    .select(['contactId', 'confirmedAt', 'expiresAt'])
    .where('filmId', '=', filmId)
    .where('secretHash', '=', hashSecret(secret))
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('link_unknown');
  if (found.confirmedAt !== null) return;
  if (isPast(found.expiresAt, now)) throw new Refusal('link_expired');
  const asked = await lastAsked(tx, filmId, found.contactId);
  await tx
    .updateTable('subscription')
    .set({ confirmedAt: now, withdrawnAt: null })
    .where('filmId', '=', filmId)
    .where('contactId', '=', found.contactId)
    .where('purpose', '=', purpose)
    .execute();
  await recordConsent(tx, filmId, now, found.contactId, 'given', { ...asked, ...seen });
}

function isPast(until: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return until === null || now.epochMilliseconds > until.epochMilliseconds;
}
