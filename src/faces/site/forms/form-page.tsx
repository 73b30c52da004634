import type { ReactElement } from 'react';
import type { AnswerProblems, Field, Form } from '../../../domain/audience/index.ts';
import { Button, ButtonLink } from '../../../ui/components/button.tsx';
import { ErrorSummary, FieldRow } from '../../../ui/components/field-row.tsx';
import { Markdown } from '../../../ui/components/markdown.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, SitePage } from '../pages/site-page.tsx';
import { formPath, mailInstead, ownFields } from './film-form.ts';
import type { HeldBack } from './receive-form.ts';

export type FormPageProps = {
  readonly model: PageModel;
  readonly form: Form;
  /** When the form was shown, signed; empty where that cannot be known. */
  readonly stamp: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly wantsNewsletter?: boolean;
  readonly problems?: AnswerProblems;
  readonly heldBack?: HeldBack;
  /** Set when it could not be kept: the id under which our log tells why. */
  readonly failureId?: string;
};

/** A form: what it is for, what happens next, its questions; and after an error, what is wrong and all that was typed. */
export function FormPage(props: FormPageProps): ReactElement {
  const { model, form, problems = new Map(), values = {} } = props;
  const { forms } = words(model.language);
  const isAnswer = problems.size > 0 || props.heldBack !== undefined || props.failureId !== undefined;
  const errors = form.fields.flatMap((field) => {
    const message = errorOf(model, field, problems);
    return message === undefined ? [] : [{ name: field.name, message }];
  });
  return (
    <SitePage
      model={model}
      title={isAnswer ? `${forms.errorPage} · ${form.title}` : form.title}
      description={form.introduction}
      islands={['altcha']}
      isHidden={isAnswer}
      className="form-page"
    >
      <div className="section">
        <div className="section-inner">
          <h1 className="section-title">{form.title}</h1>
          <Markdown text={form.introduction} className="prose form-introduction" headingsFrom={2} />
          <Failed {...props} />
          <Held {...props} />
          <ErrorSummary errors={errors} language={model.language} />
          {[...problems.values()].includes('unknown') ? (
            <Notice kind="failure" title={forms.errorsTitle} isAnswer>
              {forms.problems.unknown('', 0)}
            </Notice>
          ) : null}
          <form className="form" method="post" action={pathTo(model, formPath(form.name))}>
            {form.fields.map((field) => (
              <FieldRow
                key={field.name}
                name={field.name}
                label={field.label}
                kind={field.kind}
                language={model.language}
                isRequired={field.isRequired}
                charactersMax={field.charactersMax}
                hint={field.hint}
                options={field.options}
                value={values[field.name]}
                error={errorOf(model, field, problems)}
                {...(field.autoComplete === undefined ? {} : { autoComplete: field.autoComplete })}
              />
            ))}
            <Foot {...props} />
          </form>
        </div>
      </div>
    </SitePage>
  );
}

function errorOf(model: PageModel, field: Field, problems: AnswerProblems): string | undefined {
  const problem = problems.get(field.name);
  if (problem === undefined) return undefined;
  return words(model.language).forms.problems[problem](field.label, field.charactersMax);
}

function Failed({ model, form, values = {}, failureId }: FormPageProps): ReactElement | null {
  if (failureId === undefined) return null;
  const { forms, site } = words(model.language);
  return (
    <Notice kind="failure" title={forms.failed.title} isAnswer id="failed">
      <p>{form.failure}</p>
      {form.address === null ? null : (
        <>
          <p>
            <ButtonLink href={mailInstead(form, values, form.address)} icon="mail">
              {forms.failed.mail}
            </ButtonLink>
          </p>
          <p>{form.address}</p>
        </>
      )}
      <p>{forms.failed.again}</p>
      <p className="failure-id">{site.failures.id(failureId)}</p>
    </Notice>
  );
}

function Held({ model, form, values = {}, heldBack }: FormPageProps): ReactElement | null {
  if (heldBack === undefined) return null;
  const { refused } = words(model.language).forms;
  return (
    <Notice kind="failure" title={refused.title} isAnswer id="held">
      <p>
        {refused[heldBack]} {refused.kept}
      </p>
      {form.address === null ? null : (
        <p>
          {refused.write} <a href={mailInstead(form, values, form.address)}>{form.address}</a>
        </p>
      )}
    </Notice>
  );
}

/** What happens next, what is agreed to, and our own fields; the same under every form. */
function Foot({ model, form, stamp, wantsNewsletter = false }: FormPageProps): ReactElement {
  const { forms } = words(model.language);
  const isNewsletter = form.name === 'newsletter';
  return (
    <>
      {form.consent === '' || isNewsletter ? null : (
        <FieldRow
          name={ownFields.newsletter}
          label={form.consent}
          kind="checkbox"
          language={model.language}
          value={wantsNewsletter ? 'yes' : ''}
        />
      )}
      <div className="form-before">
        <h2>{forms.before.title}</h2>
        <p>{isNewsletter ? forms.before.newsletter : forms.before.inquiry}</p>
        {isNewsletter ? (
          <>
            <h2>{forms.before.terms}</h2>
            <p>{form.consent}</p>
          </>
        ) : null}
      </div>
      <Decoy model={model} id={ownFields.decoy} />
      <input type="hidden" name={ownFields.stamp} value={stamp} />
      <form-proof
        challenge={`${model.base}/forms/challenge`}
        waiting={forms.proof.waiting}
        working={forms.proof.working}
        failed={forms.proof.failed}
      >
        <input type="hidden" name={ownFields.proof} />
      </form-proof>
      <div className="form-send">
        <Button>{isNewsletter ? forms.subscribe : forms.send}</Button>
      </div>
    </>
  );
}

/** A field that programs fill in and people neither see nor reach. */
export function Decoy({ model, id }: { readonly model: PageModel; readonly id: string }): ReactElement {
  return (
    <div className="decoy" aria-hidden="true">
      <label htmlFor={id}>{words(model.language).forms.decoy}</label>
      <input id={id} name={ownFields.decoy} type="text" tabIndex={-1} autoComplete="off" />
    </div>
  );
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'form-proof': {
        readonly challenge: string;
        readonly waiting: string;
        readonly working: string;
        readonly failed: string;
        readonly children: ReactElement;
      };
    }
  }
}
