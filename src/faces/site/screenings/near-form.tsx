import type { ReactElement } from 'react';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo } from '../pages/site-page.tsx';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      /** src/ui/islands/near-me.ts: sorts `[data-near-list]` by the browser's own position. */
      'near-me': {
        readonly children?: ReactElement;
        'data-button': string;
        'data-hint': string;
        'data-sorted': string;
        'data-refused': string;
        'data-language': string;
        /** How a distance is said, with `{km}` and `{miles}` where the numbers go. */
        'data-distance': string;
        'data-title': string;
      };
    }
  }
}

export type NearFormProps = {
  readonly model: PageModel;
  readonly typed: string | undefined;
  readonly hasIsland: boolean;
};

/** Asks for a ZIP code or a city; with script, the browser may sort the list by its own position instead. */
export function NearForm({ model, typed, hasIsland }: NearFormProps): ReactElement {
  const { near } = words(model.language).screenings;
  return (
    <search className="near">
      <form action={pathTo(model, '/screenings')} method="get">
        <label className="near-title" htmlFor="near">
          {near.title}
        </label>
        <div className="near-row">
          <input
            id="near"
            name="near"
            type="text"
            maxLength={60}
            autoComplete="postal-code"
            placeholder={near.label}
            aria-describedby="near-hint"
            defaultValue={typed}
            required
          />
          <button className="button button-solid" type="submit">
            {near.find}
          </button>
        </div>
        <p className="near-hint" id="near-hint">
          {near.label}. {near.hint}
        </p>
        {hasIsland ? (
          <near-me
            data-button={near.position}
            data-hint={near.positionHint}
            data-sorted={near.sorted}
            data-refused={near.refused}
            data-language={model.language}
            data-distance={near.miles('{miles}', '{km}')}
            data-title={near.title}
          />
        ) : null}
      </form>
    </search>
  );
}
