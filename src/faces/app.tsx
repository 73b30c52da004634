import { Hono } from 'hono';
import { isBusy } from '../platform/database/busy.ts';
import { seenAddressHeader } from '../platform/health/look-at-network.ts';
import { Refusal } from '../platform/refusal.ts';
import { newCode } from '../platform/secrets.ts';
import { addAdminRoutes } from './admin/index.ts';
import { openRushForms, type RushForms } from './checkout/rush-forms.ts';
import { addAssetRoutes } from './edge/assets.ts';
import { BadRequest } from './edge/bad-request.ts';
import { hasHungUp, limitedBody } from './edge/limited-body.ts';
import { NotFound } from './edge/not-found.ts';
import { sameOriginOnly } from './edge/same-origin.ts';
import { securityHeaders, strictTransport } from './edge/security-headers.ts';
import { addSpeculationRules } from './edge/speculation.ts';
import { letGoUnread } from './edge/unread-body.ts';
import { visitOf } from './edge/visit-of.ts';
import { addressOf, hostOf, type NodeEnv } from './edge/visitor.ts';
import type { House } from './house.ts';
import { htmlOf } from './site/answer.tsx';
import { filmSite } from './site/index.tsx';
import { lastKnownModel } from './site/page-model.ts';
import { BareFailurePage, FailurePage } from './site/pages/failure-page.tsx';
import type { Visit } from './site/visit.ts';

// No form of ours comes near it; uploads have routes and limits of their own.
const formBytesMax = 1024 * 1024;
/** A longer path or query is no page of ours, and costs memory in every cache on the way. */
const urlCharactersMax = 2_000;

/** Every face of a running program, as one function from request to answer. */
export function makeApp(house: House, forms: RushForms = openRushForms(house)): Hono<NodeEnv> {
  const app = new Hono<NodeEnv>();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    if (house.config.publicUrl.startsWith('https:'))
      c.res.headers.set('strict-transport-security', strictTransport);
  });
  app.use(letGoUnread);
  app.use(sameOriginOnly(house.config));
  app.use(async (c, next) => {
    if (c.req.url.length - c.req.url.indexOf('/', 8) > urlCharactersMax)
      return c.text('This address is too long.\n', 414);
    return /^\/admin\/films\/[^/]+\/(film\/|screenings\/import$)/.test(c.req.path)
      ? await next()
      : await smallBody(c, next);
  });
  app.get('/health', (c) => {
    // The caller's own address, told to nobody else: by it doctor finds a proxy that was not counted.
    const address = addressOf(c.env?.incoming, house.config);
    return c.text('ok\n', 200, { 'cache-control': 'no-store', [seenAddressHeader]: address });
  });
  addAssetRoutes(app);
  addSpeculationRules(app);
  const site = filmSite(house, forms);
  site.notFound((c) => failure(house, c.env.visit, 404));
  site.onError((error, c) => answerError(error, house, c.env.visit));
  addAdminRoutes(app, house, site);
  app.all('*', async (c) => {
    const visit = await visitOfRequest(c.req.raw, c.env, house);
    if (!visit) return htmlOf(<BareFailurePage status={404} />, 404);
    return await site.fetch(c.req.raw, { visit });
  });
  app.onError((error) => answerError(error, house, null));
  return app;
}

const smallBody = limitedBody(formBytesMax, 'This is more than a form holds; nothing was kept.\n');

async function visitOfRequest(
  request: Request,
  env: NodeEnv['Bindings'] | undefined,
  house: House,
): Promise<Visit | null> {
  const { pathname, search } = new URL(request.url);
  return await visitOf(house, {
    host: hostOf(request, house.config),
    path: pathname,
    query: search,
    address: addressOf(env?.incoming, house.config),
  });
}

/** Refusals are answers; everything else is a bug or an outage: a 500 with an id, logged once, here. */
export function answerError(error: unknown, house: House, visit: Visit | null): Response {
  if (error instanceof NotFound) return failure(house, visit, 404);
  if (error instanceof BadRequest) return failure(house, visit, 400);
  const isOutage = error instanceof Refusal && error.code.startsWith('storage_');
  if (error instanceof Refusal && !isOutage) return failure(house, visit, 409);
  if (hasHungUp(error)) return failure(house, visit, 400);
  const id = newCode(8);
  house.log.error({ id, error, path: visit?.path }, 'a request failed');
  if (!isBusy(error)) return failure(house, visit, isOutage ? 503 : 500, id);
  const busy = failure(house, visit, 503, id);
  busy.headers.set('retry-after', '5');
  return busy;
}

/** A failure's page in the film's theme, from memory alone: the database may be what failed. */
function failure(house: House, visit: Visit | null, status: number, id?: string): Response {
  const model = visit && lastKnownModel(house, visit);
  const said = id === undefined ? {} : { id };
  return htmlOf(
    model ? (
      <FailurePage model={model} status={status} {...said} />
    ) : (
      <BareFailurePage status={status} {...said} />
    ),
    status,
  );
}
