import type { ReactElement } from 'react';
import type { Screening } from '../../domain/screenings/index.ts';
import { ButtonLink } from '../../ui/components/button.tsx';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage } from '../site/pages/site-page.tsx';
import { screeningPath } from '../site/screenings/cards.ts';
import { waitlistPath } from './sale-paths.ts';

/** The last places went while somebody chose. */
export function SoldOutPage({
  model,
  screening,
}: {
  readonly model: PageModel;
  readonly screening: Screening;
}): ReactElement {
  const { soldOut } = words(model.language).checkout;
  return (
    <SitePage model={model} title={soldOut.title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner form-answer">
          <h1 className="section-title">{soldOut.title}</h1>
          <p>{soldOut.about}</p>
          <div className="form-ways">
            <ButtonLink href={pathTo(model, waitlistPath(screening.slug))}>
              {words(model.language).waitlist.join.link}
            </ButtonLink>
            <ButtonLink href={pathTo(model, screeningPath(screening.slug))} look="outline">
              {soldOut.back}
            </ButtonLink>
            <ButtonLink href={pathTo(model, '/screenings')} look="outline">
              {soldOut.others}
            </ButtonLink>
          </div>
        </div>
      </div>
    </SitePage>
  );
}
