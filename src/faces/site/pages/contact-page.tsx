import type { ReactElement } from 'react';
import { Markdown } from '../../../ui/components/markdown.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { Addresses, Doors } from './doors.tsx';
import { Kept } from './kept.tsx';
import { PageHead } from './page-head.tsx';
import { SitePage, say } from './site-page.tsx';

type Part = { readonly model: PageModel };

/** Every way to reach the people behind the film. */
export function ContactPage({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <SitePage
      model={model}
      title={site.sections.contact}
      description={site.contact.lead}
      cardPath="/share/contact.png"
      className="plain"
    >
      <Kept model={model} name="contact" part={ContactParts} />
    </SitePage>
  );
}

function ContactParts({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <>
      <PageHead title={site.sections.contact} lead={site.contact.lead} />
      <div className="page-body">
        <Markdown text={say(model, model.document.contact?.introduction)} headingsFrom={2} />
        <Doors model={model} heading="h2" />
        <section className="by-mail">
          <h2 className="visually-hidden">{site.contact.addressesTitle}</h2>
          <Addresses model={model} />
        </section>
      </div>
    </>
  );
}
