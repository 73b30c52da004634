import {
  type Answer,
  type AnswerProblems,
  answerTo,
  askOptIn,
  checkAnswers,
  checkProof,
  cleanValue,
  contentKey,
  type Form,
  type FormKeys,
  type FormLimits,
  networkHash,
  networkOf,
  readStamp,
  receiveInquiry,
  type Submission,
} from '../../../domain/audience/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { inTime } from '../../../platform/in-time.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newCode } from '../../../platform/secrets.ts';
import { words } from '../../../ui/words/index.ts';
import type { House } from '../../house.ts';
import type { PageModel } from '../model.ts';
import { say } from '../pages/site-page.tsx';
import { canonicalUrl, formPath, ownFields } from './film-form.ts';
import type { Body } from './read-body.ts';

/** Why something was held back that a person may have meant; each has its words and a way on. */
export type HeldBack =
  | 'too_fast'
  | 'decoy'
  | 'stamp'
  | 'proof_wrong'
  | 'proof_expired'
  | 'proof_spent'
  | 'too_many';

export type Outcome =
  | { readonly kind: 'received' }
  | { readonly kind: 'problems'; readonly problems: AnswerProblems }
  | { readonly kind: 'held back'; readonly why: HeldBack }
  | { readonly kind: 'failed'; readonly id: string };

export type Filled = {
  readonly outcome: Outcome;
  /** What was typed, for the form that is shown again. */
  readonly values: Readonly<Record<string, string>>;
  readonly wantsNewsletter: boolean;
};

/** What receiving forms needs besides the house: made once per process. */
export type Reception = {
  readonly house: House;
  readonly keys: () => Promise<FormKeys>;
  readonly limits: FormLimits;
  /** A database that is silent, rather than away, would keep a visitor waiting for ever. */
  readonly patienceMs: number;
  /** Submissions being kept at this moment: a double click waits for the first and shares its outcome. */
  readonly underWay: Map<string, Promise<Outcome>>;
};

// Nobody reads, fills in and sends a form in less; an address alone is filled in by the browser.
const secondsMin = { newsletter: 1, inquiry: 2.5 };
/** Without a solved puzzle (no script, an old browser) fewer pass within an hour. */
const points = { proven: 1, unproven: 3 };

/** Takes a filled form in: checks it, keeps it, and says what became of it. Never throws. */
export async function receiveForm(
  reception: Reception,
  model: PageModel,
  form: Form,
  body: Body & { kind: 'fields' },
  address: string,
): Promise<Filled> {
  const values = typedValues(form, body.fields);
  const wantsNewsletter = body.fields[ownFields.newsletter] === 'yes';
  const filled = (outcome: Outcome): Filled => ({ outcome, values, wantsNewsletter });
  const checked = checkAnswers(form, values, { yes: words(model.language).forms.yes });
  if (!checked.ok) return filled({ kind: 'problems', problems: checked.problems });
  if (body.repeated.length > 0)
    return filled({ kind: 'problems', problems: new Map([[body.repeated[0] ?? '', 'unknown']]) });
  if ((body.fields[ownFields.decoy] ?? '') !== '') return filled({ kind: 'held back', why: 'decoy' });
  const key = `${model.filmId} ${contentKey(form.name, checked.answers).toString('hex')}`;
  const before = reception.underWay.get(key);
  if (before) return filled(await before);
  const keeping = answered(
    reception,
    model,
    form,
    keep(reception, model, form, body, address, checked.answers, wantsNewsletter),
  );
  reception.underWay.set(key, keeping);
  try {
    return filled(await keeping);
  } finally {
    reception.underWay.delete(key);
  }
}

/** Everything that was sent but our own fields, as it can be shown and stored. */
function typedValues(form: Form, fields: Readonly<Record<string, string>>): Record<string, string> {
  const own: ReadonlySet<string> = new Set(Object.values(ownFields));
  const paragraphs = new Set(form.fields.filter(({ kind }) => kind === 'textarea').map(({ name }) => name));
  const entries = Object.entries(fields).filter(([name]) => !own.has(name));
  return Object.fromEntries(entries.map(([name, typed]) => [name, cleanValue(typed, paragraphs.has(name))]));
}

/** How keeping went; failed where it threw, or where nobody knows in time. Sent again, it is one inquiry all the same. */
async function answered(
  { house, patienceMs }: Reception,
  model: PageModel,
  form: Form,
  keeping: Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await inTime(keeping, patienceMs);
  } catch (error) {
    const id = newCode(8);
    house.log.error({ id, film: model.filmId, form: form.name, error }, 'a form could not be kept');
    return { kind: 'failed', id };
  }
}

async function keep(
  { house, keys: askKeys, limits }: Reception,
  model: PageModel,
  form: Form,
  body: Body & { kind: 'fields' },
  address: string,
  answers: readonly Answer[],
  wantsNewsletter: boolean,
): Promise<Outcome> {
  try {
    const keys = await askKeys();
    const sent = body.fields;
    const held = whyTooFast(keys, model, form, sent[ownFields.stamp] ?? '', house);
    if (held !== null) return { kind: 'held back', why: held };
    const proof = await proofOf(keys, model.filmId, sent[ownFields.proof] ?? '');
    if (typeof proof === 'string') return { kind: 'held back', why: proof };
    const now = house.clock();
    const place = {
      address: networkHash(keys, address, now).toString('base64url'),
      network: networkHash(keys, networkOf(address), now).toString('base64url'),
    };
    const cost = proof === null ? points.unproven : points.proven;
    if (!(await limits.take(place, cost))) return { kind: 'held back', why: 'too_many' };
    const submission: Submission = {
      form,
      answers,
      language: model.language,
      page: canonicalUrl(model, formPath(form.name)),
      networkHash: networkHash(keys, address, now),
      proof,
    };
    const isRepeat = await inFilm(house.db, model.filmId, async (tx) => {
      if (form.name === 'newsletter') return await subscribe(tx, model, form, keys, submission, now);
      const received = await receiveInquiry(tx, model.filmId, now, submission);
      if (wantsNewsletter && form.consent !== '' && !received.isRepeat)
        await subscribe(tx, model, form, keys, { ...submission, proof: null }, now);
      return received.isRepeat;
    });
    if (isRepeat) await limits.giveBack(place, cost);
    return { kind: 'received' };
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'held back', why: error.code === 'proof_spent' ? 'proof_spent' : 'too_many' };
    throw error;
  }
}

async function subscribe(
  tx: Parameters<typeof askOptIn>[0],
  model: PageModel,
  form: Form,
  keys: FormKeys,
  { answers, language, page, networkHash: hash, proof }: Submission,
  now: Parameters<typeof askOptIn>[2],
): Promise<boolean> {
  const asked = await askOptIn(tx, model.filmId, now, keys, {
    address: answerTo(answers, 'email'),
    name: answerTo(answers, 'name'),
    language,
    organisation: say(model, model.document.film.title),
    wording: form.consent,
    page,
    site: canonicalUrl(model, '/'),
    networkHash: hash,
    proof,
  });
  return asked === 'repeat';
}

function whyTooFast(
  keys: FormKeys,
  { filmId }: PageModel,
  { name }: Form,
  stamp: string,
  house: House,
): 'too_fast' | 'stamp' | null {
  const isNewsletter = name === 'newsletter';
  // The front page's own newsletter form is the same for everybody and carries no stamp; the mail asks anyway.
  if (stamp === '' && isNewsletter) return null;
  const shownAt = readStamp(keys, filmId, name, stamp);
  if (shownAt === null) return 'stamp';
  const seconds = house.clock().since(shownAt).total('seconds');
  return seconds < (isNewsletter ? secondsMin.newsletter : secondsMin.inquiry) ? 'too_fast' : null;
}

async function proofOf(
  keys: FormKeys,
  filmId: string,
  sent: string,
): Promise<Submission['proof'] | 'proof_wrong' | 'proof_expired'> {
  if (sent === '') return null;
  const verdict = await checkProof(keys, filmId, sent);
  if (verdict.kind !== 'good') return verdict.kind === 'wrong' ? 'proof_wrong' : 'proof_expired';
  return { hash: verdict.hash, expiresAt: verdict.expiresAt };
}
