import type { Context } from 'hono';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Temporal } from 'temporal-polyfill';
import { inTime } from '../../platform/in-time.ts';
import type { CachedPage, PageTag, Representation } from '../../platform/page-cache/index.ts';
import { representationFor } from '../../platform/page-cache/index.ts';
import { NotFound } from '../edge/not-found.ts';
import type { PlainAnswer } from '../edge/plain-answer.ts';
import { speculationHeader } from '../edge/speculation.ts';
import type { House } from '../house.ts';
import type { PageModel } from './model.ts';
import { pageModel } from './page-model.ts';
import type { SiteContext, Visit, Visited } from './visit.ts';

export type PublicPage = {
  /** What the page is made from; a change to any of it drops the page. */
  readonly tags: readonly PageTag[];
  /** Throws NotFound where there is no such page. */
  readonly render: (model: PageModel) => Promise<Rendered> | ReactElement;
  /** The part of the query that the page depends on, canonical; absent: none of it. */
  readonly query?: string;
};

export type Rendered = {
  readonly page: ReactElement;
  /** When the clock alone makes the page untrue. */
  readonly trueUntil: Temporal.Instant | null;
};

// As long as a visitor waits for a form. A database that holds its connections and says nothing ends no query.
const patienceMs = 10_000;

/** Answers with a page that everybody gets: from the cache, or rendered once for all who ask meanwhile. */
export async function answerPage(c: SiteContext, house: House, page: PublicPage): Promise<Response> {
  return await answerKept(c, house, { tags: page.tags, query: page.query ?? '' }, async (model) => {
    const rendered = await page.render(model);
    const { page: element, trueUntil } =
      'trueUntil' in rendered ? rendered : { page: rendered, trueUntil: null };
    const html = renderHtml(element);
    return {
      contentType: 'text/html; charset=utf-8',
      body: c.env.visit.preview?.by === 'desk' ? elsewhereInNewTab(html) : html,
      headers: speculationHeader,
      trueUntil,
    };
  });
}

/** The desk shows a draft in a frame, which may hold our own pages alone: links to others open beside it. */
function elsewhereInNewTab(html: string): string {
  return html.replace(/<a (?=[^>]*href="https?:)/g, '<a target="_blank" ');
}

export type PublicFile = {
  readonly contentType: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly trueUntil?: Temporal.Instant | null;
};

/** What a page that is kept is made from, and the part of the query that it depends on. */
export type Keeping = { readonly tags: readonly PageTag[]; readonly query?: string };

type Build = (model: PageModel) => Promise<PublicFile>;

/** The same for what is no page: feeds, calendars, sitemaps. */
export async function answerKept(
  c: SiteContext,
  house: House,
  keeping: Keeping,
  build: Build,
): Promise<Response> {
  const { visit } = c.env;
  if (visit.preview !== null) return answerPreview(await builtInTime(c, house, build));
  const page = await keptPage(c, house, keeping, build);
  if (visit.cacheAddress !== null)
    house.pages.rememberAddress(visit.cacheAddress, visit.filmId, keyOf(visit, keeping), page);
  return answerCached(c, page);
}

/** A page from the cache, for whoever answers with it in a way of their own; built where it is not kept. */
export async function keptPage(
  c: Visited,
  house: House,
  keeping: Keeping,
  build: Build,
): Promise<CachedPage> {
  const { visit } = c.env;
  const built = () => builtInTime(c, house, build);
  return await house.pages.page(visit.filmId, keyOf(visit, keeping), keeping.tags, built);
}

function keyOf(visit: Visit, { query = '' }: Keeping): string {
  const { origin, canonicalBase, base, language, path } = visit;
  return `${origin}${canonicalBase} ${base} ${language ?? ''} ${path}?${query}`;
}

async function builtInTime(c: Visited, house: House, build: Build): Promise<PublicFile> {
  return await inTime(
    modelOrNotFound(house, c).then((model) => build(model)),
    patienceMs,
  );
}

/** Answers with a page made for this request alone: a form with what was typed, a refusal. Nobody keeps it. */
export async function answerFresh(
  c: Visited,
  house: House,
  status: number,
  render: (model: PageModel) => ReactElement | Promise<ReactElement>,
): Promise<Response> {
  const rendered = modelOrNotFound(house, c).then((model) => render(model));
  return htmlOf(await inTime(rendered, patienceMs), status);
}

/** A page for one reader, as an answer that no cache keeps. */
export function htmlOf(page: ReactElement, status: number): Response {
  return new Response(renderHtml(page), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}

export function renderHtml(page: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}

async function modelOrNotFound(house: House, c: Visited): Promise<PageModel> {
  const model = await pageModel(house, c.env.visit);
  if (!model) throw new NotFound();
  return model;
}

function answerPreview(file: PublicFile): Response {
  return new Response(bodyOf(file.body), {
    headers: { 'content-type': file.contentType, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
  });
}

function answerCached(c: Context, page: CachedPage): Response {
  const representation = representationFor(page, c.req.header('accept-encoding'));
  const headers = new Headers(pairsOf(representation));
  const known = c.req.header('if-none-match');
  if (known !== undefined && namesPage(known, page)) {
    for (const name of ['content-length', 'content-encoding', 'content-type']) headers.delete(name);
    return new Response(null, { status: 304, headers });
  }
  return new Response(c.req.method === 'HEAD' ? null : bodyOf(representation.bytes), {
    status: page.status,
    headers,
  });
}

/** A kept page under a status of its own, and kept here alone: thousands get the same answer within a second. */
export function plainlyAs(page: CachedPage, acceptEncoding: string | undefined, status: number): PlainAnswer {
  const { headers, bytes } = representationFor(page, acceptEncoding);
  const ours: string[] = ['cache-control', 'no-store'];
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (name !== 'cache-control' && name !== 'etag') ours.push(name, headers[at + 1] ?? '');
  }
  return { status, headers: ours, body: bytes };
}

/** Whether a browser's If-None-Match names this page, in whichever encoding it got it. */
export function namesPage(ifNoneMatch: string, page: CachedPage): boolean {
  return ifNoneMatch === '*' || ifNoneMatch.includes(`"${page.etag}`);
}

function pairsOf({ headers }: Representation): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2) pairs.push([headers[at] ?? '', headers[at + 1] ?? '']);
  return pairs;
}

function bodyOf(body: string | Buffer): string | Uint8Array<ArrayBuffer> {
  // A view on the same bytes: fetch's types want an ArrayBuffer that nobody shares.
  return typeof body === 'string' ? body : (body as Uint8Array<ArrayBuffer>);
}
