import type { Temporal } from 'temporal-polyfill';

/** A page as it goes out: bytes, their names, and what they were made from. */
export type CachedPage = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly identity: Buffer;
  readonly gzip: Buffer | null;
  readonly brotli: Buffer | null;
};

/** What a page is made from. A change to any of it drops the page. */
export type PageTag = 'film' | 'screenings';

export type FreshPage = {
  readonly status?: number;
  readonly contentType: string;
  readonly body: string | Buffer;
  /** When the page stops being true by the clock alone: the next screening starts. */
  readonly trueUntil?: Temporal.Instant | null;
};

/** Keeps rendered, compressed pages in memory and forgets them when their facts change, on all processes. */
export type PageCache = {
  /** The kept page, or the one that `build` makes. Concurrent asks for one page build it once. */
  page(
    filmId: string,
    key: string,
    tags: readonly PageTag[],
    build: () => Promise<FreshPage>,
  ): Promise<CachedPage>;
  /** Drops what this process keeps; other processes hear it from the database. */
  clear(): void;
  close(): Promise<void>;
};
