import {
  type FormLimits,
  networkHash,
  networkOf,
  openFormKeys,
  openFormLimits,
} from '../../domain/audience/index.ts';
import {
  claimPlace,
  type GrantOffer,
  grantOffer,
  isOrderKey,
  type Sale,
  waitForPlace,
} from '../../domain/boxoffice/index.ts';
import { filmMoney } from '../../domain/film/index.ts';
import { offerBySecret, personMark, type Wait } from '../../domain/fund/index.ts';
import { installationSecret } from '../../platform/auth/installation-secret.ts';
import { inFilm } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { newSecret } from '../../platform/secrets.ts';
import { buyer } from '../checkout/confirm.ts';
import { filmSale } from '../checkout/film-sale.ts';
import { orderPath } from '../checkout/order-path.ts';
import { NotFound } from '../edge/not-found.ts';
import type { House } from '../house.ts';
import { answerFresh } from '../site/answer.tsx';
import { readBody } from '../site/forms/read-body.ts';
import type { PageModel } from '../site/model.ts';
import { pageModel } from '../site/page-model.ts';
import { canonicalUrl, pathTo } from '../site/pages/site-page.tsx';
import type { SiteContext } from '../site/visit.ts';
import { ClaimPage, type ClaimProps, WaitingPage } from './claim-pages.tsx';
import { waitingPath } from './claim-path.ts';
import { fieldOfClaim, sayClaimProblem } from './claim-words.ts';
import { type ReadClaim, readClaim, readWait } from './read-claim.ts';

/** What claiming needs besides the house: made once a process. */
export type Claims = {
  readonly house: House;
  readonly limits: FormLimits;
  readonly keys: ReturnType<typeof openFormKeys>;
  /** With what the fund remembers addresses. */
  readonly markKey: () => Promise<string>;
};

// A claim counts as a form without a puzzle does: some ten an hour of one address, fifty of one network.
const points = 3;

export function openClaims(house: House): Claims {
  let key: string | null = null;
  return {
    house,
    limits: openFormLimits(house.database.pool),
    keys: openFormKeys(house.db, house.clock),
    async markKey() {
      key ??= await installationSecret(house.db, 'grant-marks', house.clock());
      return key;
    },
  };
}

type Ground = Pick<ClaimProps, 'sale' | 'offer' | 'waited'>;

/** What is claimed: step one says what it means, step two asks for a name; an empty fund offers to wait. */
export async function showClaim(c: SiteContext, claims: Claims, slug: string): Promise<Response> {
  const { offer: secret = '', type = '' } = c.req.query();
  const ground = await groundOf(claims, c.env.visit.filmId, slug, secret);
  return await answerFresh(c, claims.house, 200, (model) => (
    <ClaimPage {...ground} model={model} values={{ type, offer: secret }} secret={newSecret()} />
  ));
}

/** The one press that gives the place: to the order's page, or back with what is wrong. */
export async function takeClaim(c: SiteContext, claims: Claims, slug: string): Promise<Response> {
  const { model, fields } = await formOf(c, claims);
  const { filmId } = model;
  const ground = await groundOf(claims, filmId, slug, fields.offer ?? '');
  const read = readClaim(fields);
  const again = (status: number, more: Partial<ClaimProps>): Promise<Response> => {
    const secret = isOrderKey(fields.key ?? '') ? (fields.key ?? '') : newSecret();
    return answerFresh(c, claims.house, status, (fresh) => (
      <ClaimPage {...ground} model={fresh} values={fields} secret={secret} {...more} />
    ));
  };
  if (read.problems.length > 0) return await again(422, { problems: read.problems });
  if (!(await isWithinLimits(claims, c.env.visit.address))) return await again(429, { problem: 'too_many' });
  try {
    const { code } = await give(claims, model, ground, read);
    return c.redirect(pathTo(model, orderPath(code, read.key)), 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = sayClaimProblem(error, ground.sale.currency, model.language);
    const field = fieldOfClaim(error);
    const fresh = await groundOf(claims, filmId, slug, '');
    // Others wait for what is there, or came first: they can wait too.
    if (error.code === 'fund_empty' && fresh.offer.rule.who === 'everyone')
      return await again(409, { ...fresh, isWaiting: true });
    if (field !== null) return await again(422, { ...fresh, errors: [{ name: field, message }] });
    return await again(409, { ...fresh, problemWords: message });
  }
}

async function give(
  { house, markKey }: Claims,
  model: PageModel,
  { sale }: Ground,
  { key, type, name, address, offer, code }: ReadClaim,
): Promise<{ readonly code: string }> {
  const { filmId, language } = model;
  const mark = address === null ? null : personMark(await markKey(), filmId, address);
  return await inFilm(house.db, filmId, async (tx) => {
    const now = house.clock();
    const { today: bookedOn } = await filmMoney(tx, filmId, now);
    return await claimPlace(tx, filmId, now, buyer, {
      ...{ key, screeningId: sale.screening.id, ticketTypeId: type, language },
      ...{ name, address, mark, offer, code, bookedOn },
    });
  });
}

/** Somebody waits for the fund: their address is kept, and they are told what comes. */
export async function takeWait(c: SiteContext, claims: Claims, slug: string): Promise<Response> {
  const { model, fields } = await formOf(c, claims);
  const { filmId, language } = model;
  const ground = await groundOf(claims, filmId, slug, '');
  const { address, type, problems } = readWait(fields);
  const again = (status: number, more: Partial<ClaimProps>): Promise<Response> =>
    answerFresh(c, claims.house, status, (fresh) => (
      <ClaimPage {...ground} model={fresh} values={fields} secret={newSecret()} isWaiting {...more} />
    ));
  if (address === null) return await again(422, { problems });
  if (!(await isWithinLimits(claims, c.env.visit.address))) return await again(429, { problem: 'too_many' });
  try {
    await inFilm(claims.house.db, filmId, (tx) =>
      waitForPlace(tx, filmId, claims.house.clock(), ground.sale, {
        ...{ ticketTypeId: type, address, language, site: canonicalUrl(model, '') },
      }),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = sayClaimProblem(error, ground.sale.currency, language);
    return await again(409, { problemWords: message });
  }
  return c.redirect(pathTo(model, waitingPath(slug)), 303);
}

export async function showWaiting(c: SiteContext, { house }: Claims, slug: string): Promise<Response> {
  const { sale } = await filmSale(house, c.env.visit.filmId, slug);
  return await answerFresh(c, house, 200, (model) => (
    <WaitingPage model={model} screening={sale.screening} />
  ));
}

/** The screening's box office and what the fund gives there. Throws NotFound where that is nothing. */
async function groundOf({ house }: Claims, filmId: string, slug: string, secret: string): Promise<Ground> {
  const { sale } = await filmSale(house, filmId, slug);
  const found = await inFilm(house.db, filmId, async (tx) => {
    const now = house.clock();
    const offer: GrantOffer | null = await grantOffer(tx, filmId, now, sale);
    const waited: Wait | null = await offerBySecret(tx, filmId, now, secret);
    return { offer, waited: waited?.screeningId === sale.screening.id ? waited : null };
  });
  if (found.offer === null) throw new NotFound();
  return { sale: sale satisfies Sale, offer: found.offer, waited: found.waited };
}

async function formOf(
  c: SiteContext,
  { house }: Claims,
): Promise<{ model: PageModel; fields: Readonly<Record<string, string>> }> {
  const { visit } = c.env;
  const model = visit.preview === null ? await pageModel(house, visit) : null;
  if (model === null) throw new NotFound();
  const body = await readBody(c);
  return { model, fields: body.kind === 'fields' ? body.fields : {} };
}

async function isWithinLimits({ house, keys: askKeys, limits }: Claims, address: string): Promise<boolean> {
  const keys = await askKeys();
  const now = house.clock();
  const hash = (place: string): string => networkHash(keys, place, now).toString('base64url');
  return await limits.take({ address: hash(address), network: hash(networkOf(address)) }, points);
}
