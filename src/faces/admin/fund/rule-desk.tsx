import { filmMoney } from '../../../domain/film/index.ts';
import { dropGrantRule, type GrantRule, grantRules, saveGrantRule } from '../../../domain/fund/index.ts';
import { screeningById, upcomingScreenings } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { RulePage } from './rule-page.tsx';
import { draftOf, ruleForm, ruleValues } from './rule-values.ts';

const screeningsShown = 300;

/** What a grant pays and who may claim one: for all screenings of a currency, or for a single one. */
export function addGrantRuleRoutes(desk: DeskApp, house: House): void {
  desk.get('/fund/rules/new', allow('fund.manage'), (c) => formPage(c, house, null, null, 200));
  desk.get('/fund/rules/:id', allow('fund.manage'), async (c) =>
    formPage(c, house, await ruleOf(c, house, c.req.param('id')), null, 200),
  );
  desk.post('/fund/rules', allow('fund.manage'), async (c) => {
    const read = await readForm(c, ruleForm);
    if (!read.ok) return formPage(c, house, null, read.form, 422);
    const made = draftOf(read.value, read.form);
    if ('wrong' in made) return formPage(c, house, null, made.wrong, 422);
    const { film, now, actor, base } = c.var.desk;
    const isKnown = await inFilm(house.db, film.id, async (tx) => {
      const { screeningId } = made.draft;
      if (screeningId !== null && !(await screeningById(tx, film.id, screeningId))) return false;
      await saveGrantRule(tx, film.id, now, actor, made.draft);
      return true;
    });
    if (isKnown) return leadTo(c, `${base}/fund`, 'ruled');
    return formPage(c, house, null, withError(read.form, 'screening', 'A screening of the list'), 422);
  });
  desk.post('/fund/rules/:id/removal', allow('fund.manage'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base } = c.var.desk;
    const { id } = await ruleOf(c, house, c.req.param('id'));
    await inFilm(house.db, film.id, (tx) => dropGrantRule(tx, film.id, now, actor, id));
    return leadTo(c, `${base}/fund`, 'dropped');
  });
}

async function ruleOf(c: DeskContext, house: House, id: string): Promise<GrantRule> {
  const { film } = c.var.desk;
  const rules = await inFilm(house.db, film.id, (tx) => grantRules(tx, film.id));
  const rule = rules.find((each) => each.id === id);
  if (!rule) throw new NotFound();
  return rule;
}

async function formPage(
  c: DeskContext,
  house: House,
  rule: GrantRule | null,
  typed: FormState | null,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const { film, now } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const screenings = await upcomingScreenings(tx, film.id, now, screeningsShown);
    const own = rule?.screeningId ?? null;
    const ofRule = own === null ? null : await screeningById(tx, film.id, own);
    const isShown = screenings.some(({ id }) => id === own);
    return {
      screenings: ofRule && !isShown ? [ofRule, ...screenings] : screenings,
      ...(await filmMoney(tx, film.id, now)),
    };
  });
  const form = typed ?? { values: ruleValues(rule, found.currency), errors: {} };
  const currencies = [...new Set([found.currency, ...Intl.supportedValuesOf('currency')])];
  return answer(c, <RulePage {...{ desk, form, rule, currencies }} screenings={found.screenings} />, status);
}
