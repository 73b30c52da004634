import type { Context } from 'hono';
import { type PlainAnswer, responseOf } from '../edge/plain-answer.ts';
import type { House } from '../house.ts';
import { type Body, readBody } from '../site/forms/read-body.ts';
import type { SiteContext, Visited } from '../site/visit.ts';
import { takeChoices } from './choose.tsx';
import { openConfirm } from './confirm.ts';
import { takeConfirmation } from './order.tsx';
import { openTakePlaces } from './take-places.ts';
import { openUnpaidHolds } from './unpaid-holds.ts';

/** What a form sent, and in which encodings its browser takes a page. */
export type SentForm = { readonly body: Body; readonly acceptEncoding: string | undefined };

/** Takes a form at one address. A page that is made for its sender alone is a Response. */
export type TakeForm = (visited: Visited, sent: SentForm) => Promise<PlainAnswer | Response>;

/**
 * The two forms of the checkout that come by the thousand when a house goes on sale. The routes answer them, and so does
 * the short way before all routes; both gather into the same few pieces of work.
 */
export type RushForms = {
  /** Places are chosen at a screening. */
  choices(slug: string): TakeForm;
  /** An order that has nothing to pay is confirmed. */
  confirmation(code: string): TakeForm;
};

export function openRushForms(house: House): RushForms {
  const take = openTakePlaces(house);
  const unpaid = openUnpaidHolds(house);
  const confirm = openConfirm(house);
  return {
    choices: (slug) => (visited, sent) => takeChoices(visited, house, slug, sent, { take, unpaid }),
    confirmation: (code) => (visited, sent) => takeConfirmation(visited, house, code, sent, confirm),
  };
}

/** The form that is taken at a path of the film's site; null: a route's. */
export function rushFormAt(forms: RushForms, path: string): TakeForm | null {
  const [, slug, code] =
    /^\/(?:screenings\/([^/]+)\/tickets|orders\/([^/]+)\/confirmation)$/.exec(path) ?? [];
  if (slug !== undefined) return forms.choices(slug);
  return code === undefined ? null : forms.confirmation(code);
}

/** Answers such a form where it came by its route. */
export async function takeRouted(c: SiteContext, take: TakeForm): Promise<Response> {
  const answer = await take(c, await sentBy(c));
  return answer instanceof Response ? answer : responseOf(answer);
}

async function sentBy(c: Context): Promise<SentForm> {
  return { body: await readBody(c), acceptEncoding: c.req.header('accept-encoding') };
}
