import type { ReactElement } from 'react';
import { Document } from '../../../ui/components/document.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, SitePage } from './site-page.tsx';

export type FailureKind = 'notFound' | 'broken' | 'refused' | 'badRequest' | 'tooMany' | 'away';

/** The words for an answer's status. */
export function failureKind(status: number): FailureKind {
  if (status === 503) return 'away';
  if (status >= 500) return 'broken';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 429) return 'tooMany';
  return status === 400 || status === 413 || status === 415 || status === 422 ? 'badRequest' : 'refused';
}

export type FailurePageProps = {
  readonly model: PageModel;
  readonly status: number;
  /** What was refused, in words of the caller's own; replaces the general sentence. */
  readonly about?: string;
  /** By which the team finds this failure in its log. */
  readonly id?: string;
};

/** A page that says what happened, what it means and how to go on, in the film's theme and without script. */
export function FailurePage({ model, status, about, id }: FailurePageProps): ReactElement {
  const { site } = words(model.language);
  const said = site.failures[failureKind(status)];
  const address = model.document.contact?.addresses?.general;
  return (
    <SitePage model={model} title={said.title} isHidden>
      <FailureWords status={status} title={said.title} about={about ?? said.about}>
        <p>
          <a href={pathTo(model, '/')}>{site.failures.home}</a>
          {' · '}
          <a href={pathTo(model, '/screenings')}>{site.failures.screenings}</a>
        </p>
        {address === undefined ? null : (
          <p>
            {site.failures.write} <a href={`mailto:${address}`}>{address}</a>
          </p>
        )}
        {id === undefined ? null : <p className="failure-id">{site.failures.id(id)}</p>}
      </FailureWords>
    </SitePage>
  );
}

/** The same where no film is known: another host name, or a film that is not published. */
export function BareFailurePage({
  status,
  language = 'en',
  id,
}: {
  readonly status: number;
  readonly language?: string;
  readonly id?: string;
}): ReactElement {
  const { site } = words(language);
  const said = site.failures[failureKind(status)];
  return (
    <Document language={language} title={said.title} canonical={null} theme={null}>
      <main id="content">
        <FailureWords status={status} title={said.title} about={said.about}>
          {id === undefined ? null : <p className="failure-id">{site.failures.id(id)}</p>}
        </FailureWords>
      </main>
    </Document>
  );
}

function FailureWords({
  status,
  title,
  about,
  children,
}: {
  readonly status: number;
  readonly title: string;
  readonly about: string;
  readonly children: React.ReactNode;
}): ReactElement {
  return (
    <div className="failure">
      <p className="failure-status" aria-hidden="true">
        {status}
      </p>
      <h1 className="failure-title">{title}</h1>
      <p className="failure-about">{about}</p>
      {children}
    </div>
  );
}
