import type { Sayings } from '../../../ui/admin/index.ts';

/** What a redirect after a form says on the page it leads to. */
export const sayings: Sayings = {
  added: { tone: 'good', words: 'The screening is kept.' },
  saved: { tone: 'good', words: 'Saved. The site, the calendar and the feeds show it now.' },
  'saved-untold': {
    tone: 'warn',
    words:
      'Saved. People with tickets do not know it yet: the box office tells them, under "Move or cancel".',
  },
  copied: {
    tone: 'good',
    words: 'A copy, seen by nobody yet: set its date, then untick "Private".',
  },
  marked: { tone: 'good', words: 'Done for every chosen screening.' },
  'none-chosen': { tone: 'warn', words: 'No screening was chosen, so nothing was done.' },
  imported: { tone: 'good', words: 'Imported: every row of the file.' },
};

/** What was done to one screening, by its code, with the screening's address. */
export const sayingsOfOne: Readonly<Record<string, (slug: string) => string>> = {
  cancelled: (slug) => `${slug} is cancelled: its page, the list and the calendars say so.`,
  postponed: (slug) => `${slug} is postponed: its page, the list and the calendars say so.`,
  restored: (slug) => `${slug} is again what it was before.`,
};

/** What the domain's refusals mean here. */
export const screeningRefusals: Readonly<Record<string, string>> = {
  slug_taken: 'Another screening has this address. Choose another one.',
  no_such_screening: 'This screening is not here.',
  import_gone: 'This file was checked more than a day ago, or never. Choose it again.',
  import_applied: 'This file was imported already. Nothing was done twice.',
};
