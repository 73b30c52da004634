import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { normalAddress } from './submission.ts';
import './tables.ts';

export type Contact = { readonly id: string; readonly address: string; readonly name: string };

/** The one contact of an address: made, or met again with the newest name and language. */
export async function mergeContact(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  given: { readonly address: string; readonly name: string; readonly language: string },
): Promise<Contact> {
  const { name, language } = given;
  const address = normalAddress(given.address);
  return await tx
    .insertInto('contact')
    .values({ filmId, id: newId(), address, name, language, madeAt: now })
    .onConflict((conflict) =>
      conflict.columns(['filmId', 'address']).doUpdateSet({
        language,
        name: sql<string>`case when excluded.name = '' then contact.name else excluded.name end`,
      }),
    )
    .returning(['id', 'address', 'name'])
    .executeTakeFirstOrThrow();
}

/**
 * Holds the contact of an inquiry until the transaction ends. Before the inquiry itself, because a form that comes
 * in takes them in this order too.
 */
export async function holdContactOf(tx: Tx, filmId: string, inquiryId: string): Promise<void> {
  await tx
    .selectFrom('contact')
    .select('contact.id')
    .where('contact.filmId', '=', filmId)
    .where('contact.id', '=', ({ selectFrom }) =>
      selectFrom('inquiry')
        .select('inquiry.contactId')
        .where('inquiry.filmId', '=', filmId)
        .where('inquiry.id', '=', inquiryId),
    )
    .forUpdate()
    .execute();
}

/** Takes a contact away when nothing is left that refers to it. What was agreed to stays as proof. Hold the contact first. */
export async function dropUnusedContact(tx: Tx, filmId: string, contactId: string): Promise<void> {
  await tx
    .deleteFrom('contact')
    .where('filmId', '=', filmId)
    .where('id', '=', contactId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('inquiry')
            .select('inquiry.id')
            .where('inquiry.filmId', '=', filmId)
            .where('inquiry.contactId', '=', contactId),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('consent')
            .select('consent.id')
            .where('consent.filmId', '=', filmId)
            .where('consent.contactId', '=', contactId),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('subscription')
            .select('subscription.contactId')
            .where('subscription.filmId', '=', filmId)
            .where('subscription.contactId', '=', contactId),
        ),
      ),
    )
    .execute();
}
