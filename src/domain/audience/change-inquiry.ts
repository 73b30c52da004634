import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { eraseMails } from '../../platform/mail/mails.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newId } from '../../platform/secrets.ts';
import { dropUnusedContact, holdContactOf } from './contacts.ts';
import { inquiryMailKeys } from './inquiry.ts';
import type { InquiryState } from './tables.ts';
import './tables.ts';

/** Which inquiry, as it was when the person who changes it looked at it. */
export type Seen = { readonly id: string; readonly version: number };

type Held = {
  readonly id: string;
  readonly code: string;
  readonly state: InquiryState;
  readonly version: number;
};

/**
 * Holds an inquiry until the transaction ends.
 * @throws {Refusal} inquiry_gone · inquiry_changed when somebody changed it since it was looked at
 */
async function holdInquiry(tx: Tx, filmId: string, { id, version }: Seen): Promise<Held> {
  const found = await tx
    .selectFrom('inquiry')
    .select(['id', 'code', 'state', 'version'])
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal('inquiry_gone');
  if (found.version !== version) throw new Refusal('inquiry_changed');
  return found;
}

async function update(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { id, version }: Seen,
  change: {
    readonly state?: InquiryState;
    readonly assignedTo?: string | null;
    readonly assignedName?: string | null;
  },
): Promise<void> {
  await tx
    .updateTable('inquiry')
    .set({ ...change, version: version + 1, changedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .execute();
}

/** Marks a new inquiry as read by somebody of the team. What is not new stays as it is. */
export async function openInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  id: string,
): Promise<void> {
  const opened = await tx
    .updateTable('inquiry')
    .set({ state: 'open', changedAt: now })
    .where('filmId', '=', filmId)
    .where('id', '=', id)
    .where('state', '=', 'new')
    .returning('code')
    .executeTakeFirst();
  if (opened) await recordAudit(tx, filmId, now, by, { action: 'inquiry.open', subject: opened.code });
}

/**
 * Puts an inquiry into another state.
 * @throws {Refusal} inquiry_gone · inquiry_changed
 */
export async function setInquiryState(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  seen: Seen,
  state: InquiryState,
): Promise<void> {
  const held = await holdInquiry(tx, filmId, seen);
  if (held.state === state) return;
  await update(tx, filmId, now, held, { state });
  await recordAudit(tx, filmId, now, by, {
    action: 'inquiry.state',
    subject: held.code,
    details: { from: held.state, to: state },
  });
}

/**
 * Puts several inquiries into one state. Those that somebody changed meanwhile are left as they are.
 * @returns how many were changed, and how many were left
 */
export async function setInquiryStates(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  seen: readonly Seen[],
  state: InquiryState,
): Promise<{ readonly changed: number; readonly left: number }> {
  let left = 0;
  // In id order, so that two people's bulk changes wait for each other and never for each other's halves.
  for (const each of seen.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    try {
      await setInquiryState(tx, filmId, now, by, each, state);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      left += 1;
    }
  }
  return { changed: seen.length - left, left };
}

/**
 * Gives an inquiry to a person of the team, or to nobody.
 * @throws {Refusal} inquiry_gone · inquiry_changed
 */
export async function assignInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  seen: Seen,
  person: { readonly id: string; readonly name: string } | null,
): Promise<void> {
  const held = await holdInquiry(tx, filmId, seen);
  await update(tx, filmId, now, held, {
    assignedTo: person?.id ?? null,
    assignedName: person?.name ?? null,
    ...(held.state === 'new' ? { state: 'open' as const } : {}),
  });
  await recordAudit(tx, filmId, now, by, {
    action: 'inquiry.assign',
    subject: held.code,
    details: { to: person?.name ?? null },
  });
}

/**
 * Writes a note that only the team reads. Notes never collide, so they ask for no version.
 * @throws {Refusal} inquiry_gone
 */
export async function addNote(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  inquiryId: string,
  body: string,
): Promise<void> {
  const found = await tx
    .selectFrom('inquiry')
    .select('code')
    .where('filmId', '=', filmId)
    .where('id', '=', inquiryId)
    .forKeyShare()
    .executeTakeFirst();
  if (!found) throw new Refusal('inquiry_gone');
  await addEntry(tx, filmId, now, by, inquiryId, 'note', body);
  await recordAudit(tx, filmId, now, by, { action: 'inquiry.note', subject: found.code });
}

/**
 * Answers an inquiry by mail: keeps the words in the thread and has them sent. The version makes a double
 * click one answer, and shows two people that they answer at the same time.
 * @throws {Refusal} inquiry_gone · inquiry_changed
 */
export async function answerInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  seen: Seen,
  body: string,
): Promise<void> {
  const held = await holdInquiry(tx, filmId, seen);
  const entryId = await addEntry(tx, filmId, now, by, held.id, 'reply', body);
  await update(tx, filmId, now, held, { state: 'answered' });
  await addJob(tx, 'inquiry-answered', { filmId, entryId }, { key: `inquiry-answered:${entryId}` });
  await recordAudit(tx, filmId, now, by, { action: 'inquiry.answer', subject: held.code });
}

async function addEntry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  inquiryId: string,
  kind: 'reply' | 'note',
  body: string,
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('inquiryEntry')
    .values({ filmId, id, inquiryId, kind, body, personId: by.personId, personName: by.name, at: now })
    .execute();
  return id;
}

/**
 * Takes away an inquiry, its thread, its mails, and the person where nothing else refers to them. The audit
 * log keeps that it was done, by code, without what it said.
 * @throws {Refusal} inquiry_gone · inquiry_changed
 */
export async function eraseInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  seen: Seen,
): Promise<void> {
  // Somebody may be writing again at this moment: without it, their inquiry would be left without its contact.
  await holdContactOf(tx, filmId, seen.id);
  const held = await holdInquiry(tx, filmId, seen);
  const replies = await tx
    .selectFrom('inquiryEntry')
    .select('id')
    .where('filmId', '=', filmId)
    .where('inquiryId', '=', held.id)
    .where('kind', '=', 'reply')
    .execute();
  await eraseMails(tx, filmId, [
    inquiryMailKeys.received(held.id),
    inquiryMailKeys.team(held.id),
    ...replies.map(({ id }) => inquiryMailKeys.reply(id)),
  ]);
  const erased = await tx
    .deleteFrom('inquiry')
    .where('filmId', '=', filmId)
    .where('id', '=', held.id)
    .returning('contactId')
    .executeTakeFirstOrThrow();
  await dropUnusedContact(tx, filmId, erased.contactId);
  await recordAudit(tx, filmId, now, by, { action: 'inquiry.erase', subject: held.code });
}
