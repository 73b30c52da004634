import type { ReactElement, ReactNode } from 'react';
import type { GrantOffer, Sale } from '../../domain/boxoffice/index.ts';
import type { Wait } from '../../domain/fund/index.ts';
import type { Screening } from '../../domain/screenings/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { ErrorSummary, FieldRow } from '../../ui/components/field-row.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayStart } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf, screeningPath } from '../site/screenings/cards.ts';
import { claimPath, waitingPath } from './claim-path.ts';
import { claimProblemWords } from './claim-words.ts';
import type { ClaimProblem } from './read-claim.ts';

export type ClaimProps = {
  readonly model: PageModel;
  readonly sale: Sale;
  readonly offer: GrantOffer;
  /** What is kept for whoever opened the letter's link; null: nothing. */
  readonly waited: Wait | null;
  readonly values: Readonly<Record<string, string>>;
  /** The secret of the order that this form makes. */
  readonly secret: string;
  readonly problems?: readonly ClaimProblem[];
  readonly errors?: readonly { readonly name: string; readonly message: string }[];
  readonly problem?: 'too_many';
  /** What is wrong with no one field, in words already. */
  readonly problemWords?: string;
  /** Set where somebody has asked to wait. */
  readonly isWaiting?: boolean;
};

/** Claiming one place in two steps, each with what it means; or waiting where the fund is empty. */
export function ClaimPage(props: ClaimProps): ReactElement {
  const { model, sale, values, problem, problemWords } = props;
  const { language } = model;
  const { claim } = words(language).fund;
  const errors = errorsOf(props);
  const general = problemWords ?? (problem === undefined ? null : claimProblemWords(problem, language));
  const typed = props.waited?.ticketTypeId ?? values.type ?? '';
  const chosen = props.offer.types.find(({ id }) => id === typed) ?? null;
  return (
    <SitePage model={model} title={claim.title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <p className="screening-back">
            <a href={pathTo(model, screeningPath(sale.screening.slug))}>{claim.back}</a>
          </p>
          <h1 className="section-title">{claim.title}</h1>
          <WhenWhere model={model} screening={sale.screening} />
          {general === null ? null : (
            <Notice kind="failure" title={general} isAnswer>
              {null}
            </Notice>
          )}
          <ErrorSummary errors={errors} language={language} />
          <Step {...props} chosenId={chosen?.id ?? null} errors={errors} />
        </div>
      </div>
    </SitePage>
  );
}

type StepProps = ClaimProps & {
  readonly chosenId: string | null;
  readonly errors: readonly { readonly name: string; readonly message: string }[];
};

function Step(props: StepProps): ReactNode {
  const { offer, waited, chosenId, isWaiting = false } = props;
  if (waited !== null && chosenId !== null) return <WhoComes {...props} chosenId={chosenId} />;
  const isOpen = offer.rule.who === 'everyone';
  if (isOpen && (!offer.canPay || isWaiting)) return <WaitForm {...props} />;
  if (chosenId !== null) return <WhoComes {...props} chosenId={chosenId} />;
  return <WhatItMeans {...props} />;
}

function errorsOf({ problems = [], errors = [], model }: ClaimProps) {
  const typed = problems.map(({ name, code }) => ({
    name,
    message: claimProblemWords(code, model.language),
  }));
  return [...typed, ...errors];
}

function WhenWhere({
  model,
  screening,
}: {
  readonly model: PageModel;
  readonly screening: Screening;
}): ReactElement {
  return (
    <p className="checkout-what">
      {placeOf(model, screening)}, {sayStart(screening, model.language)}
    </p>
  );
}

/** Step one: what it means, and which ticket. */
function WhatItMeans({ model, sale, offer, errors }: StepProps): ReactElement {
  const { claim } = words(model.language).fund;
  return (
    <>
      <p className="claim-step">{claim.step(1)}</p>
      <ul className="claim-means">
        {claim.means.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {offer.rule.who === 'code' ? <p>{claim.byCode}</p> : null}
      <form className="form" method="get" action={pathTo(model, claimPath(sale.screening.slug))}>
        <TypeChoice {...{ model, offer, errors }} />
        <div className="form-send">
          <Button>{claim.next}</Button>
        </div>
      </form>
    </>
  );
}

type ChoiceProps = Pick<StepProps, 'model' | 'offer' | 'errors'> & { readonly chosen?: string };

/** Which of the tickets that the fund pays; where there is one, nobody is asked. */
function TypeChoice({ model, offer, errors, chosen }: ChoiceProps): ReactElement {
  const { claim } = words(model.language).fund;
  const [only, ...others] = offer.types;
  if (only && others.length === 0) return <input type="hidden" name="type" value={only.id} />;
  const error = errors.find(({ name }) => name === 'type')?.message;
  return (
    <fieldset className="claim-types" id="field-type">
      <legend>{claim.which}</legend>
      {error === undefined ? null : <p className="field-error">{error}</p>}
      {offer.types.map((type, at) => (
        <label key={type.id} className="claim-type">
          <input
            type="radio"
            name="type"
            value={type.id}
            required
            defaultChecked={chosen === undefined ? at === 0 : chosen === type.id}
          />
          <span>{say(model, type.name)}</span>
          {type.about === null ? null : <small>{say(model, type.about)}</small>}
        </label>
      ))}
    </fieldset>
  );
}

/** Step two: a name for the door, and where the ticket goes. Nothing else is ever asked. */
function WhoComes(props: StepProps & { readonly chosenId: string }): ReactElement {
  const { model, sale, offer, waited, values, secret, chosenId, errors } = props;
  const { language } = model;
  const { claim } = words(language).fund;
  const errorOf = (name: string): string | undefined => errors.find((error) => error.name === name)?.message;
  const type = offer.types.find(({ id }) => id === chosenId);
  const { needsAddress } = offer.rule;
  return (
    <>
      <p className="claim-step">{waited === null ? claim.step(2) : claim.offered}</p>
      <p className="claim-chosen">1 × {say(model, type?.name)}</p>
      <form className="form" method="post" action={pathTo(model, claimPath(sale.screening.slug))}>
        <input type="hidden" name="key" value={secret} />
        <input type="hidden" name="type" value={chosenId} />
        {waited === null ? null : <input type="hidden" name="offer" value={values.offer ?? ''} />}
        <FieldRow
          {...{ name: 'name', label: claim.name, hint: claim.nameHint, language, isRequired: true }}
          {...{ charactersMax: 200, autoComplete: 'off', value: values.name ?? '', error: errorOf('name') }}
        />
        {waited === null && offer.rule.who === 'code' ? (
          <FieldRow
            {...{ name: 'code', label: claim.code, hint: claim.codeHint, language, isRequired: true }}
            {...{ charactersMax: 80, autoComplete: 'off', value: values.code ?? '', error: errorOf('code') }}
          />
        ) : null}
        <FieldRow
          {...{ name: 'address', kind: 'email', label: claim.address, language, charactersMax: 254 }}
          hint={needsAddress ? claim.addressNeeded : claim.addressHint}
          isRequired={needsAddress}
          {...{ autoComplete: 'email', value: values.address ?? '', error: errorOf('address') }}
        />
        <div className="form-send">
          <Button>{claim.go}</Button>
        </div>
      </form>
    </>
  );
}

/** The fund is empty: an address and nothing else. */
function WaitForm({ model, sale, offer, values, errors }: StepProps): ReactElement {
  const { language } = model;
  const { empty } = words(language).fund;
  const error = errors.find(({ name }) => name === 'address')?.message;
  return (
    <>
      <h2 className="claim-empty">{empty.title}</h2>
      <p>{empty.about}</p>
      <form className="form" method="post" action={pathTo(model, waitingPath(sale.screening.slug))}>
        <TypeChoice {...{ model, offer, errors }} {...(values.type ? { chosen: values.type } : {})} />
        <FieldRow
          {...{
            name: 'address',
            kind: 'email',
            label: empty.address,
            hint: empty.forgotten,
            language,
            error,
          }}
          {...{ isRequired: true, charactersMax: 254, autoComplete: 'email', value: values.address ?? '' }}
        />
        <div className="form-send">
          <Button>{empty.go}</Button>
        </div>
      </form>
    </>
  );
}

/** Somebody is on the list. */
export function WaitingPage({
  model,
  screening,
}: {
  readonly model: PageModel;
  readonly screening: Screening;
}): ReactElement {
  const { empty } = words(model.language).fund;
  return (
    <SitePage model={model} title={empty.thanksTitle} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner form-answer">
          <h1 className="section-title">{empty.thanksTitle}</h1>
          <p>{empty.thanks}</p>
          <div className="form-ways">
            <ButtonLink href={pathTo(model, screeningPath(screening.slug))}>{empty.back}</ButtonLink>
          </div>
        </div>
      </div>
    </SitePage>
  );
}
