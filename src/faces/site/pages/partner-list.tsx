import type { ReactElement } from 'react';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import type { PageModel } from '../model.ts';
import { Mark } from './marks.tsx';
import { say } from './site-page.tsx';

type Partner = NonNullable<NonNullable<FilmDocument['partners']>['list']>[number];

/** Partner organisations, with their words where the page has room for them. */
export function PartnerList({
  model,
  partners,
  hasWords,
}: {
  readonly model: PageModel;
  readonly partners: readonly Partner[];
  readonly hasWords: boolean;
}): ReactElement | null {
  if (partners.length === 0) return null;
  return (
    <ul className={hasWords ? 'partners partners-words' : 'partners'}>
      {partners.map((partner, at) => {
        const about = hasWords ? say(model, partner.about) : '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and names may repeat
          <li key={at} className="partner">
            <Mark model={model} name={partner.name} image={partner.logo} url={partner.url} isNamed />

            {about === '' ? null : <p className="partner-about">{about}</p>}
          </li>
        );
      })}
    </ul>
  );
}
