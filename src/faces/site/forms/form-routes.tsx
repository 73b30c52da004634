import {
  type Form,
  makeChallenge,
  makeStamp,
  openFormKeys,
  openFormLimits,
  readStamp,
} from '../../../domain/audience/index.ts';
import { inTime } from '../../../platform/in-time.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answerPage, htmlOf } from '../answer.tsx';
import type { PageModel } from '../model.ts';
import { lastKnownModel, pageModel } from '../page-model.ts';
import { pathTo } from '../pages/site-page.tsx';
import type { SiteApp, SiteContext } from '../visit.ts';
import { SentPage, UnreadPage } from './answer-pages.tsx';
import { filmForm, formPath, ownFields } from './film-form.ts';
import { FormPage, type FormPageProps } from './form-page.tsx';
import { addNewsletterRoutes } from './newsletter-routes.tsx';
import { readBody } from './read-body.ts';
import { type Reception, receiveForm } from './receive-form.ts';

/** Mounts the film's forms: a page each, what they send, and what happens after. */
export function addFormRoutes(
  site: SiteApp,
  house: House,
  { patienceMs = 10_000 }: { patienceMs?: number } = {},
): void {
  const reception: Reception = {
    house,
    keys: openFormKeys(house.db, house.clock),
    limits: openFormLimits(house.database.pool),
    patienceMs,
    underWay: new Map(),
  };
  site.get('/forms/challenge', async (c) => {
    const challenge = await makeChallenge(await reception.keys(), c.env.visit.filmId, house.clock());
    return c.json(challenge, 200, { 'cache-control': 'no-store' });
  });
  site.get('/contact/newsletter', async (c) =>
    c.redirect(pathTo(await modelOf(c, house), '/newsletter'), 301),
  );
  addNewsletterRoutes(site, reception);
  site.get('/newsletter', (c) => showForm(c, reception, 'newsletter'));
  site.post('/newsletter', (c) => takeForm(c, reception, 'newsletter'));
  site.get('/newsletter/sent', (c) => showSent(c, house, 'newsletter'));
  site.get('/contact/:form', (c) => showForm(c, reception, c.req.param('form')));
  site.post('/contact/:form', (c) => takeForm(c, reception, c.req.param('form')));
  site.get('/contact/:form/sent', (c) => showSent(c, house, c.req.param('form')));
}

/** The film as it is, or as this process last knew it: a form must open while the database is away. */
export async function modelOf(c: SiteContext, house: House): Promise<PageModel> {
  const { visit } = c.env;
  let model: PageModel | null;
  try {
    model = await pageModel(house, visit);
  } catch (error) {
    model = lastKnownModel(house, visit);
    if (model === null) throw error;
  }
  if (model === null) throw new NotFound();
  return model;
}

function formOrNotFound(model: PageModel, name: string): Form {
  const form = filmForm(model, name);
  if (form === null) throw new NotFound();
  return form;
}

/** A form that is shown again keeps the stamp of its first showing, or the impatient would be asked twice. */
async function stampOf(
  { keys, house, patienceMs }: Reception,
  { filmId }: PageModel,
  { name }: Form,
  sent = '',
): Promise<string> {
  try {
    const known = await inTime(keys(), patienceMs);
    return readStamp(known, filmId, name, sent) ? sent : makeStamp(known, filmId, name, house.clock());
  } catch {
    return sent;
  }
}

async function showForm(c: SiteContext, reception: Reception, name: string): Promise<Response> {
  const model = await modelOf(c, reception.house);
  const form = formOrNotFound(model, name);
  return htmlOf(<FormPage model={model} form={form} stamp={await stampOf(reception, model, form)} />, 200);
}

async function showSent(c: SiteContext, house: House, name: string): Promise<Response> {
  return await answerPage(c, house, {
    tags: ['film'],
    render: (model) => <SentPage model={model} form={formOrNotFound(model, name)} />,
  });
}

async function takeForm(c: SiteContext, reception: Reception, name: string): Promise<Response> {
  const model = await modelOf(c, reception.house);
  const form = formOrNotFound(model, name);
  const body = await readBody(c);
  if (body.kind === 'too large') return htmlOf(<UnreadPage model={model} form={form} kind="tooLarge" />, 413);
  if (body.kind === 'unreadable')
    return htmlOf(<UnreadPage model={model} form={form} kind="unreadable" />, body.status);
  const { outcome, ...kept } = await receiveForm(reception, model, form, body, c.env.visit.address);
  if (outcome.kind === 'received') return c.redirect(pathTo(model, `${formPath(form.name)}/sent`), 303);
  const stamp = await stampOf(reception, model, form, body.fields[ownFields.stamp]);
  const again = (status: number, more: Partial<FormPageProps>): Response =>
    htmlOf(<FormPage model={model} form={form} stamp={stamp} {...kept} {...more} />, status);
  if (outcome.kind === 'problems') return again(422, { problems: outcome.problems });
  if (outcome.kind === 'failed') return again(503, { failureId: outcome.id });
  return again(outcome.why === 'too_many' ? 429 : 422, { heldBack: outcome.why });
}
