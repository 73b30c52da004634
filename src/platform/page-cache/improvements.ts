import type { CachedPage } from './index.ts';

// Pages that are dropped again at once, as in a burst of edits, are not worth the better compression.
const afterMs = 250;

export type Improvements = {
  /** Has a page compressed better in a while, if it is kept until then. */
  add(page: CachedPage, isKept: () => boolean): void;
};

/** Betters one page at a time: a visitor's own compression never queues behind those of a crawl. */
export function openImprovements(): Improvements {
  let last: Promise<void> = Promise.resolve();
  const better = async (page: CachedPage, isKept: () => boolean): Promise<void> => {
    // Without memory to spare it stays as it is.
    if (isKept()) await page.improve?.(page).catch(() => {});
  };
  return {
    add(page, isKept) {
      if (!page.improve) return;
      const later = () => {
        last = last.then(() => better(page, isKept));
      };
      setTimeout(later, afterMs).unref();
    },
  };
}
