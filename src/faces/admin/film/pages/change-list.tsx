import type { ReactElement } from 'react';
import type { ChangeGroup, ChangeLine, WordRun } from '../words-of-changes.ts';

/** Changes in people's words, by the part that they stand in. */
export function ChangeList({
  groups,
  heading: Heading = 'h2',
}: {
  readonly groups: readonly ChangeGroup[];
  readonly heading?: 'h2' | 'h3';
}): ReactElement {
  return (
    <div className="film-changes">
      {groups.map(({ part, lines }) => (
        <section key={part} className="film-change-group">
          <Heading>{part}</Heading>
          <dl>
            {lines.map((line) => (
              <ChangeEntry key={line.key} line={line} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function ChangeEntry({ line }: { readonly line: ChangeLine }): ReactElement {
  return (
    <div className={`film-change is-${line.is}`}>
      <dt>
        {line.label} <span className="film-change-kind">{line.is}</span>
      </dt>
      <dd dir="auto">
        {line.runs.map((run, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs have no name but their place
          <Run key={at} run={run} />
        ))}
      </dd>
    </div>
  );
}

function Run({ run }: { readonly run: WordRun }): ReactElement {
  if (run.is === 'gone')
    return (
      <del>
        <span className="only-read">taken out: </span>
        {run.words}
      </del>
    );
  if (run.is === 'new')
    return (
      <ins>
        <span className="only-read">put in: </span>
        {run.words}
      </ins>
    );
  return <>{run.words}</>;
}

/** A value as it would be read. */
export function ValueWords({ words }: { readonly words: string }): ReactElement {
  return (
    <q className="film-value" dir="auto">
      {words === '' ? 'nothing' : words}
    </q>
  );
}
