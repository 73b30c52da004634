import type { Temporal } from 'temporal-polyfill';
import { inFilm } from '../../platform/database/database.ts';
import {
  endSandboxPayment,
  isSandboxAllowed,
  type SandboxPayment,
  sandboxPath,
  sandboxPayment,
} from '../../platform/payments/index.ts';
import { BadRequest } from '../edge/bad-request.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import { readBody } from '../site/forms/read-body.ts';
import type { SiteApp, SiteContext } from '../site/visit.ts';
import { SandboxPage, type SandboxState } from './sandbox-pages.tsx';

/** The pages of the provider that moves no money. Where it is not allowed, there are none. */
export function addSandboxRoutes(site: SiteApp, house: House): void {
  if (!isSandboxAllowed(house.config)) return;
  site.get(`${sandboxPath}/:ref`, async (c) => {
    const payment = await paymentOf(c, house);
    return await show(c, house, payment, stateOf(payment, house.clock()));
  });
  site.post(`${sandboxPath}/:ref`, async (c) => {
    const payment = await paymentOf(c, house);
    const body = await readBody(c);
    const wish = body.kind === 'fields' ? body.fields.do : undefined;
    if (wish !== 'pay' && wish !== 'decline') throw new BadRequest();
    const state = stateOf(payment, house.clock());
    if (state !== 'open') return await show(c, house, payment, state);
    if (wish === 'decline') return await show(c, house, payment, 'declined');
    const { filmId } = c.env.visit;
    await inFilm(house.db, filmId, (tx) => endSandboxPayment(tx, filmId, payment.id, house.clock(), 'paid'));
    return c.redirect(pathOf(payment.returnUrl), 303);
  });
}

/** The sandbox stands beside the order, at the same address: no need to name it. */
const pathOf = (url: string): string => new URL(url).pathname + new URL(url).search;

async function paymentOf(c: SiteContext, house: House): Promise<SandboxPayment> {
  const { filmId, preview } = c.env.visit;
  const ref = c.req.param('ref') ?? '';
  if (preview !== null || !/^sb_[A-Za-z0-9_-]{22}$/.test(ref)) throw new NotFound();
  const payment = await inFilm(house.db, filmId, (tx) => sandboxPayment(tx, filmId, ref));
  if (!payment) throw new NotFound();
  return payment;
}

function stateOf({ paidAt, endedAt, endsAt }: SandboxPayment, now: Temporal.Instant): SandboxState {
  if (paidAt !== null) return 'paid';
  return endedAt !== null || endsAt.epochMilliseconds <= now.epochMilliseconds ? 'over' : 'open';
}

async function show(
  c: SiteContext,
  house: House,
  payment: SandboxPayment,
  state: SandboxState,
): Promise<Response> {
  const here = `${c.env.visit.base}${sandboxPath}/${payment.id}`;
  const status = state === 'declined' ? 422 : 200;
  const ways = { back: pathOf(payment.returnUrl), away: pathOf(payment.leaveUrl) };
  return await answerFresh(c, house, status, (model) => (
    <SandboxPage {...{ model, payment, state, here, ways }} />
  ));
}
