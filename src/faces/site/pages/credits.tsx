import type { ReactElement } from 'react';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import type { PageModel } from '../model.ts';
import { say } from './site-page.tsx';

type Group = NonNullable<FilmDocument['credits']>[number];
type Person = Group['people'][number];

/** So many names stand open; the rest of a long group folds, so that names never become a wall. */
const namesOpenMax = 60;
/** Up to so many people with roles are set large. */
const largeMax = 12;

/** The billing block: groups with headings, names first, roles after, guild marks as in print. */
export function Credits({ model }: { readonly model: PageModel }): ReactElement {
  return (
    <div className="billing">
      {(model.document.credits ?? []).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and two groups may share a heading
        <CreditGroup key={at} model={model} group={group} />
      ))}
    </div>
  );
}

function CreditGroup({ model, group }: { readonly model: PageModel; readonly group: Group }): ReactElement {
  const heading = say(model, group.heading);
  const hasRoles = group.people.some(({ roles = [] }) => roles.length > 0);
  const open = group.people.length > namesOpenMax + 12 ? group.people.slice(0, namesOpenMax) : group.people;
  const folded = group.people.slice(open.length);
  const isLong = group.people.length > largeMax;
  const look = !hasRoles ? 'billing-names' : isLong ? 'billing-roles billing-many' : 'billing-roles';
  return (
    <section className="billing-group">
      <h3>{heading}</h3>
      <People model={model} people={open} look={look} />
      {folded.length === 0 ? null : (
        <details>
          <summary>
            {heading} +{folded.length}
          </summary>
          <People model={model} people={folded} look={look} />
        </details>
      )}
    </section>
  );
}

function People({
  model,
  people,
  look,
}: {
  readonly model: PageModel;
  readonly people: readonly Person[];
  readonly look: string;
}): ReactElement {
  return (
    <ul className={look}>
      {people.map(({ name, roles = [], mark }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and two people may share a name
        <li key={at}>
          <span className="billing-name">
            {name}
            {mark === undefined ? null : <small className="guild">, {mark}</small>}
          </span>
          {roles.length === 0 ? null : (
            <span className="billing-role"> {roles.map((role) => say(model, role)).join(', ')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
