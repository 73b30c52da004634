import { z } from 'zod';
import { filmMoney } from '../../../domain/film/index.ts';
import {
  addParticipant,
  owedTo,
  type Participant,
  participants,
  shareRules,
  statementOf,
  trialBalance,
} from '../../../domain/ledger/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, freshForm, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { screeningsById } from '../fund/overview-desk.tsx';
import { ParticipantPage } from './participant-page.tsx';
import { ParticipantsPage } from './participants-page.tsx';
import { participantRefusal, sayings } from './words.ts';

const nameForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'What they are called')
    .max(100, 'At most 100 characters')
    .regex(/^[^\n\t]*$/, 'One line'),
});

// As many lines of a statement as anybody reads on one page; the books have all.
const linesShown = 100;
const [firstDay, lastDay] = ['0001-01-01', '9999-12-31'];

/** The participants, adding one, and one's own page with their statement. */
export function addParticipantRoutes(desk: DeskApp, house: House): void {
  desk.get('/participants', allow('books.read'), (c) => list(c, house, freshForm, 200));
  desk.post('/participants', allow('books.post'), async (c) => {
    const read = await readForm(c, nameForm);
    if (!read.ok) return list(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    try {
      const { id } = await inFilm(house.db, film.id, (tx) =>
        addParticipant(tx, film.id, now, actor, read.value.name),
      );
      return leadTo(c, `${base}/participants/${id}`, 'added');
    } catch (refused) {
      const words = refused instanceof Refusal ? participantRefusal(refused.code) : null;
      if (words === null) throw refused;
      return list(c, house, withError(read.form, words[0], words[1]), 422);
    }
  });
  desk.get('/participants/:id', allow('books.read'), async (c) => {
    const { film, now } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => {
      const participant = await participantOf(tx, film.id, c.req.param('id'));
      const owed = await owedTo(tx, film.id, participant.account);
      const rules = (await shareRules(tx, film.id)).filter((rule) => rule.participantId === participant.id);
      const { currency: own } = await filmMoney(tx, film.id, now);
      const currency = owed[0]?.currency ?? own;
      const wanted = { account: participant.account, currency, from: firstDay, to: lastDay };
      const ids = rules.flatMap(({ screeningId }) => screeningId ?? []);
      return {
        ...{ participant, owed, rules, currency },
        statement: await statementOf(tx, film.id, wanted, linesShown),
        screenings: await screeningsById(tx, film.id, ids),
      };
    });
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <ParticipantPage desk={c.var.desk} {...found} notice={notice} />);
  });
}

/** One participant by an id from the address. Throws NotFound. */
export async function participantOf(tx: Tx, filmId: string, id: string): Promise<Participant> {
  const participant = (await participants(tx, filmId)).find((each) => each.id === id);
  if (!participant) throw new NotFound();
  return participant;
}

async function list(c: DeskContext, house: House, form: FormState, status: 200 | 422): Promise<Response> {
  const { desk } = c.var;
  const { film } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const rules = await shareRules(tx, film.id);
    return {
      rules,
      all: await participants(tx, film.id),
      balances: await trialBalance(tx, film.id, null),
      screenings: await screeningsById(
        tx,
        film.id,
        rules.flatMap(({ screeningId }) => screeningId ?? []),
      ),
    };
  });
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <ParticipantsPage {...{ desk, form, notice, ...found }} />, status);
}
