import type { ReactElement, ReactNode } from 'react';

/** What just happened or must be known. `undo` is the form that takes it back. */
export type NoticeWords = {
  readonly tone?: 'good' | 'warn' | 'bad' | 'plain';
  readonly words: ReactNode;
  readonly undo?: Undo | undefined;
};

export type Undo = {
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly label?: string;
};

/** Words for `?said=<code>`, by code: what a redirect after a form says on the page it leads to. */
export type Sayings = Readonly<Record<string, NoticeWords | undefined>>;

/** The notice that the address asks for; unknown codes say nothing. */
export function sayingOf(url: string, sayings: Sayings): NoticeWords | null {
  const code = new URL(url, 'http://desk.invalid').searchParams.get('said');
  return code !== null && Object.hasOwn(sayings, code) ? (sayings[code] ?? null) : null;
}

/** A sentence that must be read, and the way back where there is one. */
export function DeskNotice({ tone = 'plain', words, undo }: NoticeWords): ReactElement {
  return (
    <div className={`desk-notice tone-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className="desk-notice-words">{words}</div>
      {undo === undefined ? null : (
        <form method="post" action={undo.action}>
          <HiddenFields fields={undo.fields ?? {}} />
          <button type="submit" className="button-plain">
            {undo.label ?? 'Undo'}
          </button>
        </form>
      )}
    </div>
  );
}

export function HiddenFields({
  fields,
}: {
  readonly fields: Readonly<Record<string, string>>;
}): ReactElement {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
