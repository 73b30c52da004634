import type { Context, Hono } from 'hono';
import type { CacheAddress } from '../../platform/page-cache/index.ts';

/** Which revision is looked at before it is out: the one behind a secret link, or the newest, by the team. */
export type Preview = { readonly by: 'link'; readonly secret: string } | { readonly by: 'desk' };

/** Which film, in which language, a request is about; settled once at the edge, before any route. */
export type Visit = {
  readonly filmId: string;
  readonly slug: string;
  /** What stands before every path of this film: '' at its own host, '/films/union' elsewhere. */
  readonly base: string;
  /**
   * Scheme and host of the film's canonical address. At its own host the film's paths start there; elsewhere
   * they start with `base`.
   */
  readonly origin: string;
  /** What stands before the film's paths at its canonical address; mostly the same as `base`. */
  readonly canonicalBase: string;
  /** null: the film's default language, which has no prefix. */
  readonly language: string | null;
  /** The path below base and language: '/', '/screenings/nwff-2024-11-03'. What routes match. */
  readonly path: string;
  /** Set when a draft is looked at; `base` then ends in its secret, or stands below the film's desk. */
  readonly preview: Preview | null;
  /** The visitor's network address, as far as the configured proxies vouch for it. */
  readonly address: string;
  /** For the cache's shortest way; null when the answer may not be kept by it. */
  readonly cacheAddress: CacheAddress | null;
};

export type SiteEnv = { Bindings: { visit: Visit } };
export type SiteApp = Hono<SiteEnv>;
export type SiteContext = Context<SiteEnv>;
/** As much of it as a page is made from, whichever way the request came. */
export type Visited = Pick<SiteContext, 'env'>;
