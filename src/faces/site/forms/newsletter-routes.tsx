import type { ReactElement } from 'react';
import {
  confirmOptIn,
  isStopLink,
  networkHash,
  optInState,
  withdrawConsent,
} from '../../../domain/audience/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerFresh } from '../answer.tsx';
import type { PageModel } from '../model.ts';
import { pageModel } from '../page-model.ts';
import { pathTo } from '../pages/site-page.tsx';
import type { SiteApp, SiteContext } from '../visit.ts';
import { ConfirmPage, LinkPage, StopPage } from './answer-pages.tsx';
import { canonicalUrl } from './film-form.ts';
import { readBody } from './read-body.ts';
import type { Reception } from './receive-form.ts';

const secretShape = /^[A-Za-z0-9_-]{22}$/;
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the links in the newsletter's mails lead to. Opening one changes nothing; pressing its button does. */
export function addNewsletterRoutes(site: SiteApp, reception: Reception): void {
  const { house } = reception;
  site.get('/newsletter/confirmed', (c) => answerState(c, house, 200, 'confirmed'));
  site.get('/newsletter/stopped', (c) => answerState(c, house, 200, 'stopped'));
  site.get('/newsletter/confirm/:secret', (c) => showConfirm(c, house, c.req.param('secret')));
  site.post('/newsletter/confirm/:secret', (c) => takeConfirm(c, reception, c.req.param('secret')));
  site.get('/newsletter/stop/:contact/:secret', async (c) => {
    if (!(await stopContact(c, reception))) return await answerState(c, house, 404, 'unknown');
    return await answerFresh(c, house, 200, (model) => (
      <StopPage model={model} action={pathTo(model, c.env.visit.path)} />
    ));
  });
  site.post('/newsletter/stop/:contact/:secret', (c) => takeStop(c, reception));
}

async function showConfirm(c: SiteContext, house: House, secret: string): Promise<Response> {
  const { filmId, path } = c.env.visit;
  const state = secretShape.test(secret)
    ? await inFilm(house.db, filmId, (tx) => optInState(tx, filmId, house.clock(), secret))
    : 'unknown';
  if (state !== 'open') return await answerState(c, house, statusOf(state), state);
  return await answerFresh(c, house, 200, (model) => (
    <ConfirmPage model={model} action={pathTo(model, path)} />
  ));
}

async function takeConfirm(c: SiteContext, reception: Reception, secret: string): Promise<Response> {
  const { house } = reception;
  const { filmId } = c.env.visit;
  const model = await modelOrNotFound(c, house);
  if (!secretShape.test(secret)) return await answerState(c, house, 404, 'unknown');
  try {
    const seen = await seenBy(c, reception, canonicalUrl(model, '/newsletter/confirm'));
    await inFilm(house.db, filmId, (tx) => confirmOptIn(tx, filmId, house.clock(), secret, seen));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const state = error.code === 'link_expired' ? 'expired' : 'unknown';
    return await answerState(c, house, statusOf(state), state);
  }
  return c.redirect(pathTo(model, '/newsletter/confirmed'), 303);
}

/** From the page's button, or from the mail program itself in one click (RFC 8058): no page, no question. */
async function takeStop(c: SiteContext, reception: Reception): Promise<Response> {
  const { house } = reception;
  const { filmId } = c.env.visit;
  const model = await modelOrNotFound(c, house);
  const contactId = await stopContact(c, reception);
  if (contactId === null) return await answerState(c, house, 404, 'unknown');
  const seen = await seenBy(c, reception, canonicalUrl(model, '/newsletter/stop'));
  await inFilm(house.db, filmId, (tx) => withdrawConsent(tx, filmId, house.clock(), contactId, seen));
  const body = await readBody(c);
  const isOneClick = body.kind === 'fields' && body.fields['List-Unsubscribe'] === 'One-Click';
  if (isOneClick) return await answerState(c, house, 200, 'stopped');
  return c.redirect(pathTo(model, '/newsletter/stopped'), 303);
}

async function stopContact(c: SiteContext, { keys }: Reception): Promise<string | null> {
  const contact = c.req.param('contact') ?? '';
  const secret = c.req.param('secret') ?? '';
  if (!idShape.test(contact) || !secretShape.test(secret)) return null;
  return isStopLink(await keys(), c.env.visit.filmId, contact, secret) ? contact : null;
}

async function seenBy(c: SiteContext, { keys, house }: Reception, page: string) {
  return { page, networkHash: networkHash(await keys(), c.env.visit.address, house.clock()) };
}

async function modelOrNotFound(c: SiteContext, house: House): Promise<PageModel> {
  const model = await pageModel(house, c.env.visit);
  if (model === null) throw new NotFound();
  return model;
}

function statusOf(state: 'confirmed' | 'expired' | 'unknown'): number {
  return state === 'confirmed' ? 200 : state === 'expired' ? 410 : 404;
}

function answerState(
  c: SiteContext,
  house: House,
  status: number,
  state: 'confirmed' | 'expired' | 'unknown' | 'stopped',
): Promise<Response> {
  return answerFresh(c, house, status, (model): ReactElement => <LinkPage model={model} state={state} />);
}
