import type { ReactElement, ReactNode } from 'react';
import type { Form } from '../../../domain/audience/index.ts';
import { Button, ButtonLink } from '../../../ui/components/button.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, SitePage } from '../pages/site-page.tsx';
import { formPath } from './film-form.ts';

/** One thing that was done or can be done, said plainly, with the ways on. */
function Plain({
  model,
  title,
  children,
}: {
  readonly model: PageModel;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <SitePage model={model} title={title} isHidden className="form-page">
      <div className="section">
        <div className="section-inner form-answer">
          <h1 className="section-title">{title}</h1>
          {children}
        </div>
      </div>
    </SitePage>
  );
}

type OfModel = { readonly model: PageModel };

/** After a form: the film's own words, and the ways back. */
export function SentPage({ model, form }: OfModel & { readonly form: Form }): ReactElement {
  const { sent } = words(model.language).forms;
  return (
    <Plain model={model} title={form.name === 'newsletter' ? sent.newsletter : sent.title}>
      <Notice kind="success">{form.success}</Notice>
      <p className="form-ways">
        <ButtonLink href={pathTo(model, '/')}>{sent.home}</ButtonLink>
        <ButtonLink href={pathTo(model, '/contact')} look="quiet">
          {sent.more}
        </ButtonLink>
      </p>
    </Plain>
  );
}

/** What arrived was too large, or no form at all. */
export function UnreadPage({
  model,
  form,
  kind,
}: OfModel & { readonly form: Form; readonly kind: 'tooLarge' | 'unreadable' }): ReactElement {
  const { forms } = words(model.language);
  return (
    <Plain model={model} title={forms[kind].title}>
      <p>{forms[kind].about}</p>
      {form.address === null ? null : (
        <p>
          <a href={`mailto:${form.address}`}>{form.address}</a>
        </p>
      )}
      <p className="form-ways">
        <ButtonLink href={pathTo(model, formPath(form.name))}>{forms.open}</ButtonLink>
      </p>
    </Plain>
  );
}

/** The link from the mail: a button, because mail scanners open links and press nothing. */
export function ConfirmPage({ model, action }: OfModel & { readonly action: string }): ReactElement {
  const { newsletter } = words(model.language).forms;
  return (
    <Plain model={model} title={newsletter.confirmTitle}>
      <p>{newsletter.confirmAbout}</p>
      <form method="post" action={action} className="form-ways">
        <Button>{newsletter.confirm}</Button>
      </form>
      <p>{newsletter.ignore}</p>
    </Plain>
  );
}

/** The stop link from a mail. */
export function StopPage({ model, action }: OfModel & { readonly action: string }): ReactElement {
  const { newsletter } = words(model.language).forms;
  return (
    <Plain model={model} title={newsletter.stopTitle}>
      <p>{newsletter.stopAbout}</p>
      <form method="post" action={action} className="form-ways">
        <Button>{newsletter.stop}</Button>
      </form>
    </Plain>
  );
}

/** What became of a link from a mail. */
export function LinkPage({
  model,
  state,
}: OfModel & { readonly state: 'confirmed' | 'expired' | 'unknown' | 'stopped' }): ReactElement {
  const { newsletter, sent } = words(model.language).forms;
  const isGood = state === 'confirmed';
  return (
    <Plain model={model} title={newsletter[`${state}Title`]}>
      <Notice kind={state === 'confirmed' || state === 'stopped' ? 'success' : 'note'}>
        {newsletter[`${state}About`]}
      </Notice>
      <p className="form-ways">
        {isGood ? null : (
          <ButtonLink
            href={pathTo(model, formPath('newsletter'))}
            look={state === 'stopped' ? 'quiet' : 'solid'}
          >
            {newsletter.again}
          </ButtonLink>
        )}
        <ButtonLink href={pathTo(model, '/')} look={isGood ? 'solid' : 'quiet'}>
          {sent.home}
        </ButtonLink>
      </p>
    </Plain>
  );
}
