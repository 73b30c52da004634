import type { Context, Hono } from 'hono';

/** Which film, in which language, a request is about; settled once at the edge, before any route. */
export type Visit = {
  readonly filmId: string;
  readonly slug: string;
  /** What stands before every path of this film: '' at its own host, '/films/union' elsewhere. */
  readonly base: string;
  /** The film's canonical scheme and host, and what stands before its paths there. */
  readonly origin: string;
  /** null: the film's default language, which has no prefix. */
  readonly language: string | null;
  /** The path below base and language: '/', '/screenings/nwff-2024-11-03'. What routes match. */
  readonly path: string;
  /** The visitor's network address, as far as the configured proxies vouch for it. */
  readonly address: string;
};

export type SiteEnv = { Bindings: { visit: Visit } };
export type SiteApp = Hono<SiteEnv>;
export type SiteContext = Context<SiteEnv>;
