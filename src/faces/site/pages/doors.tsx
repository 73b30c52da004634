import type { ReactElement } from 'react';
import { Icon } from '../../../ui/components/icon.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, say } from './site-page.tsx';

/** Forms that every film has, in the order in which a visitor is likely to need them. */
export const standardForms = ['host', 'partner', 'press', 'education', 'general', 'newsletter'] as const;

/** A door for each form: what it is for, in a line. The team's own forms follow the standard ones. */
export function Doors({
  model,
  heading: Heading = 'h3',
}: {
  model: PageModel;
  heading?: 'h2' | 'h3';
}): ReactElement {
  const { site } = words(model.language);
  const { forms = {} } = model.document;
  const standard = standardForms.map((name) => {
    const title = say(model, forms[name]?.title);
    return { name, title: title === '' ? site.contact[name].title : title, about: site.contact[name].about };
  });
  const own = Object.entries(forms)
    .filter(([name]) => !(standardForms as readonly string[]).includes(name))
    .map(([name, form]) => ({ name, title: say(model, form.title), about: site.contact.other }));
  return (
    <ul className="doors">
      {[...standard, ...own].map(({ name, title, about }) => (
        <li key={name} className="door">
          <Heading className="door-title">
            <a href={pathTo(model, formPath(name))}>{title}</a>
          </Heading>
          <p>{about}</p>
        </li>
      ))}
    </ul>
  );
}

/** The team's addresses, each named by what it is for. */
export function Addresses({
  model,
  only,
}: {
  model: PageModel;
  only?: readonly string[];
}): ReactElement | null {
  const { site } = words(model.language);
  const addresses = Object.entries(model.document.contact?.addresses ?? {}).filter(
    ([name]) => only === undefined || only.includes(name),
  );
  if (addresses.length === 0) return null;
  return (
    <dl className="addresses">
      {addresses.map(([name, address]) => (
        <div key={name}>
          <dt>{site.contact.addresses[name] ?? name.replaceAll('_', ' ')}</dt>
          <dd>
            <a href={`mailto:${address}`}>
              <Icon name="mail" />
              {address}
            </a>
          </dd>
        </div>
      ))}
    </dl>
  );
}
