import type { Context } from 'hono';
import type { NoticeWords } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

const said: Readonly<Record<string, NoticeWords>> = {
  saved: { tone: 'good', words: 'Saved as a draft.' },
  joined: {
    tone: 'good',
    words: 'Saved: the draft holds your changes and the ones that were made meanwhile.',
  },
  same: { tone: 'plain', words: 'Nothing was changed, so nothing was saved.' },
  added: { tone: 'good', words: 'Added to the draft.' },
  removed: { tone: 'good', words: 'Removed from the draft. Earlier revisions keep it.' },
  moved: { tone: 'good', words: 'Moved.' },
  meanwhile: {
    tone: 'warn',
    words: 'Somebody changed this list meanwhile, so nothing was done. This is how it is now: try again.',
  },
  unfit: {
    tone: 'bad',
    words:
      'The film’s record does not allow that, so nothing was done. A group keeps at least one person: remove the group instead.',
  },
  undone: { tone: 'good', words: 'Undone: the draft is as it was before.' },
  too_late: {
    tone: 'warn',
    words: 'Somebody saved since, so this cannot be undone in one step. Choose a revision to go back to.',
  },
  published: { tone: 'good', words: 'Published. The public reads it now.' },
  back: { tone: 'good', words: 'The earlier revision is the draft again. The ones between are kept.' },
  ended: { tone: 'good', words: 'All preview links have ended.' },
};

const undoable: ReadonlySet<string> = new Set(['removed', 'moved', 'added', 'saved', 'joined', 'back']);

/**
 * The notice that an address asks for by `?said=`; with `&of=13` it offers to undo revision 13. Unknown words
 * say nothing.
 */
export function noticeOf(url: string, desk: Desk, mayEdit: boolean): NoticeWords | null {
  const { searchParams } = new URL(url, 'http://desk.invalid');
  const code = searchParams.get('said') ?? '';
  const notice = Object.hasOwn(said, code) ? said[code] : undefined;
  if (notice === undefined) return null;
  const of = searchParams.get('of') ?? '';
  if (!mayEdit || !undoable.has(code) || !/^[1-9]\d{0,8}$/.test(of) || of === '1') return notice;
  return {
    ...notice,
    undo: { action: `${desk.base}/film/undo`, fields: { number: of, back: desk.path } },
  };
}

/** After a form: leads to the page that says what happened, and to the row that it happened to. */
export function lead(
  c: Context,
  path: string,
  said: string,
  { of, to = null }: { readonly of?: number; readonly to?: string | null } = {},
): Response {
  const asked = new URLSearchParams({ said, ...(of !== undefined && { of: String(of) }) });
  return c.redirect(`${path}?${asked}${to === null ? '' : `#${to}`}`, 303);
}
