import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newCode, newId } from '../../platform/secrets.ts';
import { mergeContact } from './contacts.ts';
import type { Answer, Form } from './forms.ts';
import { answerTo, contentKey, searchText } from './submission.ts';
import './tables.ts';

/** The same words within this time are the same submission; after it, somebody asks once more. */
export const repeatHours = 24;
/** Copies mailed to one address in a day; beyond it somebody writes in another's name. */
const copiesPerDayMax = 5;
// Somebody who sends the same words each day for a year.
const repeatsMax = 400;

export type SpentProof = { readonly hash: Buffer; readonly expiresAt: Temporal.Instant };

export type Submission = {
  readonly form: Pick<Form, 'name' | 'title'>;
  readonly language: string;
  readonly answers: readonly Answer[];
  /** The page that it was sent from, absolute. */
  readonly page: string;
  readonly networkHash: Buffer | null;
  /** The solved puzzle that came with it. */
  readonly proof: SpentProof | null;
};

export type Received = { readonly id: string; readonly code: string; readonly isRepeat: boolean };

/**
 * Keeps an inquiry, and with it the jobs that tell the team and the visitor. The same submission again, at
 * the same moment or within a day, is the one that is kept, and nobody is told twice.
 * @throws {Refusal} proof_spent when another submission used this puzzle
 */
export async function receiveInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  submission: Submission,
): Promise<Received> {
  const { answers, language } = submission;
  const contact = await mergeContact(tx, filmId, now, {
    address: answerTo(answers, 'email'),
    name: answerTo(answers, 'name'),
    language,
  });
  let key = contentKey(submission.form.name, answers);
  for (let repeat = 0; repeat < repeatsMax; repeat += 1) {
    const made = await insertInquiry(tx, filmId, now, submission, contact.id, key);
    if (made) {
      await spendProof(tx, filmId, submission.proof);
      const copy = (await inquiriesToday(tx, filmId, now, contact.id)) <= copiesPerDayMax ? 1 : 0;
      await addJob(
        tx,
        'inquiry-received',
        { filmId, inquiryId: made.id, copy },
        { key: `inquiry:${made.id}` },
      );
      return { ...made, isRepeat: false };
    }
    const kept = await inquiryOfKey(tx, filmId, key);
    const isRecent = now.since(kept.madeAt).total('hours') < repeatHours;
    if (isRecent) return { id: kept.id, code: kept.code, isRepeat: true };
    // Made from the earlier one, so that all who repeat at the same moment arrive at the same next key.
    key = createHash('sha256').update(key).update(kept.id).digest();
  }
  throw new Refusal('too_often');
}

async function insertInquiry(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  { form, language, answers, page, networkHash }: Submission,
  contactId: string,
  key: Buffer,
): Promise<{ id: string; code: string } | null> {
  const code = newCode(8);
  const text = searchText([code, form.title, ...answers.map(({ shown }) => shown)]);
  const made = await tx
    .insertInto('inquiry')
    .values({
      filmId,
      id: newId(),
      code,
      form: form.name,
      formTitle: form.title,
      language,
      contactId,
      name: answerTo(answers, 'name'),
      address: answerTo(answers, 'email'),
      answers: JSON.stringify(answers),
      page: page.slice(0, 2_000),
      contentKey: key,
      networkHash,
      assignedTo: null,
      assignedName: null,
      madeAt: now,
      changedAt: now,
      search: sql`inquiry_search(${filmId}::uuid, ${text})`,
    })
    .onConflict((conflict) => conflict.columns(['filmId', 'contentKey']).doNothing())
    .returning(['id', 'code'])
    .executeTakeFirst();
  return made ?? null;
}

async function inquiryOfKey(tx: Tx, filmId: string, key: Buffer) {
  return await tx
    .selectFrom('inquiry')
    .select(['id', 'code', 'madeAt'])
    .where('filmId', '=', filmId)
    .where('contentKey', '=', key)
    .executeTakeFirstOrThrow();
}

async function inquiriesToday(tx: Tx, filmId: string, now: Temporal.Instant, contactId: string) {
  const { count } = await tx
    .selectFrom('inquiry')
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('filmId', '=', filmId)
    .where('contactId', '=', contactId)
    .where('madeAt', '>', now.subtract({ hours: 24 }))
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Uses a solved puzzle up, in the transaction of what it opened.
 * @throws {Refusal} proof_spent
 */
export async function spendProof(tx: Tx, filmId: string, proof: SpentProof | null): Promise<void> {
  if (proof === null) return;
  const spent = await tx
    .insertInto('spentProof')
    .values({ filmId, proofHash: proof.hash, expiresAt: proof.expiresAt })
    .onConflict((conflict) => conflict.columns(['filmId', 'proofHash']).doNothing())
    .returning('proofHash')
    .executeTakeFirst();
  if (!spent) throw new Refusal('proof_spent');
}
