import type { ReactElement } from 'react';
import type { ChangeGroup } from '../words-of-changes.ts';
import { ChangeList, ValueWords } from './change-list.tsx';

/** Two people changed the same place; the one who saves says whose words stand. */
export type ClashView = {
  readonly name: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
};

export type MeanwhileView = {
  readonly who: string;
  readonly number: number;
  readonly changes: readonly ChangeGroup[];
  readonly clashes: readonly ClashView[];
  /** Whether this was tried before without choosing at every place. */
  readonly isUnfit: boolean;
};

/** Above a form that came back because somebody else saved: what they changed, and how to go on. */
export function Meanwhile({ view }: { readonly view: MeanwhileView }): ReactElement {
  const { who, number, changes, clashes, isUnfit } = view;
  return (
    <section className="film-meanwhile" aria-labelledby="meanwhile" role="alert">
      <h2 id="meanwhile">
        {who} saved revision {number} while you were writing
      </h2>
      <p>Nothing of yours is lost: it stands below as you typed it. This is what {who} changed:</p>
      <ChangeList groups={changes} heading="h3" />
      {isUnfit ? (
        <p>
          Together the two break a rule of the film’s record, so they cannot be joined. Open this page anew
          beside this one and bring your words over.
        </p>
      ) : clashes.length === 0 ? (
        <p>Yours touch none of it. Save, and the next revision holds both.</p>
      ) : (
        <>
          <p>
            You both changed {clashes.length === 1 ? 'the same place' : 'the same places'}. Choose what
            stands:
          </p>
          {clashes.map((clash) => (
            <fieldset key={clash.name} className="film-clash">
              <legend>{clash.label}</legend>
              <label className="desk-choice">
                <input type="radio" name={`_choose.${clash.name}`} value="mine" required />
                <span>
                  Yours <ValueWords words={clash.mine} />
                </span>
              </label>
              <label className="desk-choice">
                <input type="radio" name={`_choose.${clash.name}`} value="theirs" />
                <span>
                  {who}’s <ValueWords words={clash.theirs} />
                </span>
              </label>
            </fieldset>
          ))}
        </>
      )}
      {isUnfit ? null : <input type="hidden" name="_over" value={number} />}
    </section>
  );
}
