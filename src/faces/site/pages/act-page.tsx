import type { ReactElement } from 'react';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { Kept } from './kept.tsx';
import { PageHead } from './page-head.tsx';
import { pathTo, SitePage } from './site-page.tsx';
import { TakeAction } from './take-action.tsx';

type Part = { readonly model: PageModel };

/** What the film asks of those who saw it: figures with their sources, and things to do. */
export function ActPage({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <SitePage
      model={model}
      title={site.sections.act}
      description={site.act.lead}
      cardPath="/share/act.png"
      className="plain band-accent"
    >
      <Kept model={model} name="act" part={ActParts} />
    </SitePage>
  );
}

function ActParts({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <>
      <PageHead title={site.sections.act} lead={site.act.lead} />
      <div className="page-body">
        <TakeAction model={model} headingsFrom={2} />
        <p className="more">
          <ButtonLink href={pathTo(model, formPath('host'))}>{site.hero.host}</ButtonLink>
          <ButtonLink href={pathTo(model, formPath('partner'))} look="outline">
            {site.partners.become}
          </ButtonLink>
        </p>
      </div>
    </>
  );
}
