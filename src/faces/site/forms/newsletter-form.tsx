import type { ReactElement } from 'react';
import { Button } from '../../../ui/components/button.tsx';
import { FieldRow } from '../../../ui/components/field-row.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo } from '../pages/site-page.tsx';
import { filmForm, formPath } from './film-form.ts';
import { Decoy } from './form-page.tsx';

/** The newsletter's form for other pages: the same for everybody, so that they may be kept; no script. */
export function newsletterForm(model: PageModel): ReactElement | undefined {
  const form = filmForm(model, 'newsletter');
  const field = form?.fields.find(({ name }) => name === 'email');
  if (!form || !field || form.fields.some(({ name, isRequired }) => isRequired && name !== 'email'))
    return undefined;
  const { forms } = words(model.language);
  return (
    <form className="form form-newsletter" method="post" action={pathTo(model, formPath('newsletter'))}>
      <h2 className="section-title">{form.title}</h2>
      <p>{form.introduction}</p>
      <div className="form-newsletter-row">
        <FieldRow
          name={field.name}
          label={field.label}
          kind="email"
          language={model.language}
          isRequired
          charactersMax={field.charactersMax}
          autoComplete="email"
        />
        <Button>{forms.subscribe}</Button>
      </div>
      <Decoy model={model} id="newsletter-decoy" />
      <p className="form-terms">
        {form.consent} {forms.before.newsletter}
      </p>
    </form>
  );
}
