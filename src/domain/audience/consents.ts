import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { newId, sameText } from '../../platform/secrets.ts';
import { type FormKeys, linkSecret } from './keys.ts';
import type { ConsentStep, Purpose } from './tables.ts';
import './tables.ts';

/** What somebody was shown when they agreed, and where. */
export type Terms = {
  /** To whom they agreed: the film's title as it was shown. */
  readonly organisation: string;
  /** The exact words. */
  readonly wording: string;
  readonly language: string;
  readonly page: string;
  readonly networkHash: Buffer | null;
};

const purpose: Purpose = 'newsletter';

/** Adds a step to what a contact agreed to; nothing of it is ever changed. */
export async function recordConsent(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  contactId: string,
  step: ConsentStep,
  { organisation, wording, language, page, networkHash }: Terms,
): Promise<void> {
  await tx
    .insertInto('consent')
    .values({
      filmId,
      id: newId(),
      contactId,
      purpose,
      organisation: organisation.slice(0, 300),
      step,
      wording: wording.slice(0, 4_000),
      language,
      page: page.slice(0, 2_000),
      networkHash,
      at: now,
    })
    .execute();
}

export type ConsentLine = {
  readonly step: ConsentStep;
  readonly organisation: string;
  readonly wording: string;
  readonly language: string;
  readonly page: string;
  readonly at: Temporal.Instant;
};

/** Everything that an address agreed to or took back, oldest first. */
export async function consentsOf(tx: Tx, filmId: string, address: string): Promise<ConsentLine[]> {
  return await tx
    .selectFrom('consent')
    .innerJoin('contact', (join) =>
      join.onRef('contact.filmId', '=', 'consent.filmId').onRef('contact.id', '=', 'consent.contactId'),
    )
    .select(['step', 'organisation', 'wording', 'consent.language', 'page', 'at'])
    .where('consent.filmId', '=', filmId)
    .where('contact.address', '=', address)
    .orderBy('consent.id')
    .execute();
}

/** The secret in a mail's unsubscribe link: made from the contact, so that every mail can carry it. */
export function stopSecret(keys: FormKeys, filmId: string, contactId: string): string {
  return linkSecret(keys, 'stop', filmId, contactId, purpose);
}

/** Whether a stop link is ours; says nothing about whether the contact is on the list. */
export function isStopLink(keys: FormKeys, filmId: string, contactId: string, secret: string): boolean {
  return sameText(secret, stopSecret(keys, filmId, contactId));
}

/** Takes a contact off the list, whether they had confirmed or only been asked. A second time does nothing. */
export async function withdrawConsent(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  contactId: string,
  seen: { readonly page: string; readonly networkHash: Buffer | null },
): Promise<void> {
  const found = await tx
    .selectFrom('subscription')
    .select(['confirmedAt', 'withdrawnAt', 'secretHash'])
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .forUpdate()
    .executeTakeFirst();
  if (!found || (found.confirmedAt === null && found.secretHash === null)) return;
  await tx
    .updateTable('subscription')
    .set({ confirmedAt: null, withdrawnAt: now, secretHash: null, expiresAt: null, askedAt: null })
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .execute();
  const last = await tx
    .selectFrom('consent')
    .select(['organisation', 'wording', 'language'])
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('purpose', '=', purpose)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  await recordConsent(tx, filmId, now, contactId, 'withdrawn', { ...last, ...seen });
}
