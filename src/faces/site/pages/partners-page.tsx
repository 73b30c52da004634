import type { ReactElement } from 'react';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Markdown } from '../../../ui/components/markdown.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { Kept } from './kept.tsx';
import { PageHead } from './page-head.tsx';
import { PartnerList } from './partner-list.tsx';
import { pathTo, SitePage, say } from './site-page.tsx';

type Part = { readonly model: PageModel };

/** Every organisation that carries the film, with its own words. */
export function PartnersPage({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <SitePage
      model={model}
      title={site.sections.partners}
      description={site.partners.lead}
      cardPath="/share/partners.png"
      className="plain"
    >
      <Kept model={model} name="partners" part={PartnersParts} />
    </SitePage>
  );
}

function PartnersParts({ model }: Part): ReactElement {
  const { site } = words(model.language);
  const { introduction, list = [] } = model.document.partners ?? {};
  return (
    <>
      <PageHead title={site.sections.partners} lead={site.partners.lead} />
      <div className="page-body">
        <Markdown text={say(model, introduction)} headingsFrom={2} />
        {list.length === 0 ? <p>{site.partners.none}</p> : null}
        <PartnerList model={model} partners={list} hasWords />
        <p className="more">
          <ButtonLink href={pathTo(model, formPath('partner'))}>{site.partners.become}</ButtonLink>
        </p>
      </div>
    </>
  );
}
