import type { Temporal } from 'temporal-polyfill';

/** What a page is made from. A change to any of it drops the page. */
export type PageTag = 'film' | 'screenings' | 'fund';

/** A page as its builder makes it. */
export type FreshPage = {
  readonly status?: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Besides the type, the length and the tag of its content. */
  readonly headers?: Readonly<Record<string, string>>;
  /** When the page stops being true by the clock alone: the next screening starts. */
  readonly trueUntil?: Temporal.Instant | null;
};

/** A page as it goes out: its bytes plain and compressed, and the headers of each. */
export type CachedPage = {
  readonly status: number;
  readonly etag: string;
  readonly identity: Representation;
  gzip: Representation | null;
  brotli: Representation | null;
  /** Milliseconds since 1970; Infinity: until a fact changes. */
  readonly trueUntilMs: number;
  /** Makes the better compressions, for a page that is asked for again; null: there are none. */
  readonly improve: ((page: CachedPage) => Promise<void>) | null;
};

/** Bytes with their headers, flat as node:http wants them, made once. */
export type Representation = { readonly bytes: Buffer; readonly headers: readonly string[] };

/** Host and URL exactly as asked, and how much had changed by then. */
export type CacheAddress = { readonly hostAndUrl: string; readonly drops: number };

/** Keeps rendered, compressed pages in memory and forgets them when their facts change, on all processes. */
export type PageCache = {
  /** The kept page, or the one that `build` makes. Concurrent asks for one page build it once. */
  page(
    filmId: string,
    key: string,
    tags: readonly PageTag[],
    build: () => Promise<FreshPage>,
  ): Promise<CachedPage>;
  /**
   * Keeps under which host and URL a page was answered, so that the next ask is a single look-up. Not when
   * anything was dropped since: the address may be another film's by now.
   */
  rememberAddress(address: CacheAddress, filmId: string, key: string, page: CachedPage): void;
  /** An address as it is before anybody asks whose it is. */
  address(hostAndUrl: string): CacheAddress;
  /** The page last answered at an address; undefined once any fact has changed since. */
  atAddress(address: string): CachedPage | undefined;
  /** Calls back when facts of a film change, in this process or another; null: any film's may have. */
  onDrop(listener: (filmId: string | null, tag: PageTag | null) => void): void;
  /** Forgets everything that this process keeps. */
  clear(): void;
  close(): Promise<void>;
};

export { openPageCache } from './open-page-cache.ts';
export { representationFor, representQuickly } from './representation.ts';
