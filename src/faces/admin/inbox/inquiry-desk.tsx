import { z } from 'zod';
import {
  addNote,
  answerInquiry,
  assignInquiry,
  consentsOf,
  eraseInquiry,
  inquiryByCode,
  inquiryStates,
  openInquiry,
  openInquiryCounts,
  setInquiryState,
  teamAddress,
  threadOf,
} from '../../../domain/audience/index.ts';
import { publishedRevision } from '../../../domain/film/index.ts';
import { may, team } from '../../../domain/people/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, type NoticeWords, type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { InquiryPage } from './inquiry-page.tsx';

const codeShape = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const version = z.coerce.number().int().min(1).max(1_000_000_000);
const words = z.string().trim().min(1, 'Write something first').max(10_000, 'At most 10,000 characters');
const stateForm = z.object({ version, state: z.enum(inquiryStates) });
const assignmentForm = z.object({
  version,
  person: z.union([z.literal(''), z.uuid()]),
  mine: z.literal('yes').optional(),
});
const noteForm = z.object({ body: words });
const answerForm = z.object({ version, body: words });
const erasureForm = z.object({ version, sure: z.literal('yes') });

const sayings: Sayings = {
  answered: { tone: 'good', words: 'Your answer is kept and goes out by mail.' },
  noted: { tone: 'good', words: 'The note is kept.' },
  assigned: { tone: 'good', words: 'Assigned.' },
  changed: {
    tone: 'bad',
    words: 'Somebody changed this inquiry meanwhile, so nothing was done. This is how it stands now.',
  },
};

/** One inquiry, and what is done with it. */
export function addInquiryDesk(desk: DeskApp, house: House): void {
  desk.get('/inbox/:code', allow('inbox.read'), async (c) => await showInquiry(c, house));
  desk.post('/inbox/:code/state', allow('inbox.answer'), async (c) => {
    const { version, state } = await formOf(c, stateForm);
    return await change(c, house, `state-${state}`, (tx, { film, now, actor }, { id, state: was }) =>
      setInquiryState(tx, film.id, now, actor, { id, version }, state).then(() => was),
    );
  });
  desk.post('/inbox/:code/assignment', allow('inbox.answer'), async (c) => {
    const { version, person, mine } = await formOf(c, assignmentForm);
    return await change(c, house, 'assigned', async (tx, { film, now, actor, person: me }, { id }) => {
      const wanted = mine === 'yes' ? me.id : person;
      const member = (await team(tx, film.id)).find(({ personId }) => personId === wanted);
      if (wanted !== '' && !(member && may(member.role, 'inbox.answer'))) throw new BadRequest();
      const to = member === undefined ? null : { id: member.personId, name: member.name };
      await assignInquiry(tx, film.id, now, actor, { id, version }, to);
    });
  });
  desk.post('/inbox/:code/notes', allow('inbox.answer'), async (c) => {
    const read = await readForm(c, noteForm);
    if (!read.ok) return await showInquiry(c, house, { noteForm: read.form, status: 422 });
    return await change(c, house, 'noted', (tx, { film, now, actor }, { id }) =>
      addNote(tx, film.id, now, actor, id, read.value.body),
    );
  });
  desk.post('/inbox/:code/answers', allow('inbox.answer'), async (c) => await takeAnswer(c, house));
  desk.post('/inbox/:code/erasure', allow('inbox.answer'), async (c) => {
    const { version } = await formOf(c, erasureForm);
    const { film, now, actor, base } = c.var.desk;
    await inFilm(house.db, film.id, async (tx) => {
      const { id } = await inquiryOrNotFound(tx, c);
      await eraseInquiry(tx, film.id, now, actor, { id, version });
    });
    return leadTo(c, `${base}/inbox`, 'erased');
  });
}

async function takeAnswer(c: DeskContext, house: House): Promise<Response> {
  const read = await readForm(c, answerForm);
  if (!read.ok) return await showInquiry(c, house, { answerForm: read.form, status: 422 });
  const { film, now, actor, base } = c.var.desk;
  const { version, body } = read.value;
  try {
    await inFilm(house.db, film.id, async (tx) => {
      const { id } = await inquiryOrNotFound(tx, c);
      await answerInquiry(tx, film.id, now, actor, { id, version }, body);
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'inquiry_changed') throw error;
    // What was written must not be lost, and the colleague's change must be seen before it is sent.
    const kept = withError(
      read.form,
      'body',
      'Somebody changed this inquiry meanwhile. Look at what is new above, then send yours if it still fits.',
    );
    return await showInquiry(c, house, { answerForm: kept, status: 409 });
  }
  return leadTo(c, `${base}/inbox/${c.req.param('code')}`, 'answered');
}

async function formOf<Shape extends z.core.$ZodLooseShape>(c: DeskContext, schema: z.ZodObject<Shape>) {
  const read = await readForm(c, schema);
  if (!read.ok) throw new BadRequest();
  return read.value;
}

type Held = Awaited<ReturnType<typeof inquiryOrNotFound>>;

async function inquiryOrNotFound(tx: Tx, c: DeskContext) {
  const code = c.req.param('code') ?? '';
  const inquiry = codeShape.test(code) ? await inquiryByCode(tx, c.var.desk.film.id, code) : null;
  if (!inquiry) throw new NotFound();
  return inquiry;
}

/** Makes a change and leads back to the inquiry; a change that came too late changes nothing and says so. */
async function change(
  c: DeskContext,
  house: House,
  said: string,
  work: (tx: Tx, desk: Desk, inquiry: Held) => Promise<unknown>,
): Promise<Response> {
  const { desk } = c.var;
  const path = `${desk.base}/inbox/${c.req.param('code')}`;
  try {
    const was = await inFilm(house.db, desk.film.id, async (tx) =>
      work(tx, desk, await inquiryOrNotFound(tx, c)),
    );
    return leadTo(c, typeof was === 'string' ? `${path}?was=${was}` : path, said);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'inquiry_changed') throw error;
    return leadTo(c, path, 'changed');
  }
}

async function showInquiry(
  c: DeskContext,
  house: House,
  again: { readonly answerForm?: FormState; readonly noteForm?: FormState; readonly status?: 409 | 422 } = {},
): Promise<Response> {
  const { desk } = c.var;
  const { film, now, actor } = desk;
  const { status = 200, ...forms } = again;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const before = await inquiryOrNotFound(tx, c);
    // Looking at it is what makes it read; a reload or a second reader changes nothing more.
    const isReading = before.state === 'new' && c.req.query('said') !== 'state-new' && status === 200;
    if (isReading) await openInquiry(tx, film.id, now, actor, before.id);
    const inquiry = isReading ? await inquiryOrNotFound(tx, c) : before;
    const revision = await publishedRevision(tx, film.id);
    return {
      inquiry,
      thread: await threadOf(tx, film.id, now, inquiry.id),
      consents: await consentsOf(tx, film.id, inquiry.address.toLowerCase()),
      team: await team(tx, film.id),
      unread: (await openInquiryCounts(tx, film.id)).unread,
      replyTo: revision === undefined ? null : teamAddress(revision.document, inquiry.form),
    };
  });
  const notice = sayingOf(c.req.url, sayings) ?? undoNotice(c, found.inquiry.version);
  const hasServer = house.config.smtpUrl !== null;
  return answer(c, <InquiryPage desk={desk} {...found} {...forms} {...{ notice, hasServer }} />, status);
}

const stateSaid = {
  'state-closed': 'Closed.',
  'state-open': 'It is open again.',
  'state-spam': 'Marked as spam.',
  'state-new': 'It counts as unread again.',
} as const;

/** After a change of state: what it is now, and one press that takes it back. */
function undoNotice(c: DeskContext, version: number): NoticeWords | null {
  const said = c.req.query('said') ?? '';
  if (!Object.hasOwn(stateSaid, said)) return null;
  const was = inquiryStates.find((state) => state === c.req.query('was'));
  const action = `${c.var.desk.base}/inbox/${c.req.param('code')}/state`;
  return {
    tone: 'good',
    words: stateSaid[said as keyof typeof stateSaid],
    undo: was && { action, fields: { state: was, version: String(version) } },
  };
}
