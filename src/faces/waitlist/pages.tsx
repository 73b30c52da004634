import type { ReactElement, ReactNode } from 'react';
import type { BoxOffice, WaitEntry } from '../../domain/boxoffice/index.ts';
import { waitPlacesMax } from '../../domain/boxoffice/index.ts';
import type { Screening } from '../../domain/screenings/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { ErrorSummary, FieldRow } from '../../ui/components/field-row.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayMoment, sayStart } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import { choosePath, waitlistPath } from '../checkout/sale-paths.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf, screeningPath } from '../site/screenings/cards.ts';

type About = { readonly model: PageModel; readonly screening: Screening };

function WaitPage({
  model,
  screening,
  title,
  children,
}: About & { readonly title: string; readonly children: ReactNode }): ReactElement {
  const { language } = model;
  const { venue } = screening;
  return (
    <SitePage model={model} title={title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <p className="screening-back">
            <a href={pathTo(model, screeningPath(screening.slug))}>{words(language).checkout.choose.back}</a>
          </p>
          <h1 className="section-title">{title}</h1>
          <p className="checkout-what">
            {say(model, venue.name)}, {placeOf(model, screening)}
            <br />
            {sayStart(screening, language)}
          </p>
          {children}
        </div>
      </div>
    </SitePage>
  );
}

export type JoinProps = About & {
  readonly secret: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly errors?: readonly { readonly name: string; readonly message: string }[];
  readonly problem?: string | undefined;
  /** Set where one need not wait. */
  readonly mayBuy?: boolean;
};

/** The form that puts somebody at the end of the line. */
export function JoinPage(props: JoinProps): ReactElement {
  const { model, screening, secret, values = {}, errors = [], problem, mayBuy = false } = props;
  const { join, problems } = words(model.language).waitlist;
  const errorOf = (name: string): string | undefined => errors.find((error) => error.name === name)?.message;
  return (
    <WaitPage model={model} screening={screening} title={join.title}>
      <p>{join.lead}</p>
      {problem === undefined ? null : (
        <Notice kind="failure" title={problem} isAnswer id="problem">
          {mayBuy ? (
            <p>
              <a href={pathTo(model, choosePath(screening.slug))}>{problems.buy}</a>
            </p>
          ) : null}
        </Notice>
      )}
      <ErrorSummary errors={errors} language={model.language} />
      <form className="form" method="post" action={pathTo(model, waitlistPath(screening.slug))}>
        <input type="hidden" name="key" value={secret} />
        <FieldRow
          {...{
            name: 'address',
            kind: 'email',
            label: join.address,
            hint: join.addressHint,
            isRequired: true,
          }}
          {...{ language: model.language, charactersMax: 254, autoComplete: 'email' }}
          {...{ value: values.address ?? '', error: errorOf('address') }}
        />
        <FieldRow
          {...{
            name: 'places',
            kind: 'number',
            label: join.places,
            isRequired: true,
            language: model.language,
          }}
          {...{
            value: values.places ?? '1',
            error: errorOf('places'),
            charactersMax: String(waitPlacesMax).length,
          }}
        />
        <div className="form-send">
          <Button>{join.go}</Button>
        </div>
      </form>
    </WaitPage>
  );
}

/** What everybody is told who joined: the same, whether or not the address waited already. */
export function JoinedPage({ model, screening }: About): ReactElement {
  const { sent } = words(model.language).waitlist;
  return (
    <WaitPage model={model} screening={screening} title={sent.title}>
      <p>{sent.about}</p>
    </WaitPage>
  );
}

export type EntryProps = About & {
  readonly entry: WaitEntry;
  readonly secret: string;
  readonly box: BoxOffice;
};

/** One's place in the line, and what is offered. */
export function EntryPage({ model, screening, entry, secret, box }: EntryProps): ReactElement {
  const { entry: said } = words(model.language).waitlist;
  const { state, ahead, places, offerUntil } = entry;
  const leave = (label: string): ReactElement => (
    <form method="post" action={pathTo(model, `${waitlistPath(screening.slug)}/leaving`)}>
      <input type="hidden" name="key" value={secret} />
      <Button look="outline">{label}</Button>
    </form>
  );
  if (state === 'waiting')
    return (
      <WaitPage model={model} screening={screening} title={said.waitingTitle}>
        <p className="wait-place">{said.waiting(ahead)}</p>
        <p>{said.waitingAbout(box.offerHours)}</p>
        {leave(said.leave)}
      </WaitPage>
    );
  if (state === 'offered' && offerUntil !== null)
    return (
      <WaitPage model={model} screening={screening} title={said.offeredTitle(places)}>
        <p>{said.offeredAbout(sayMoment(offerUntil, screening.venue.timezone, model.language))}</p>
        <div className="form-ways">
          <ButtonLink href={`${pathTo(model, choosePath(screening.slug))}?offer=${secret}`}>
            {said.take}
          </ButtonLink>
          {leave(said.giveUp)}
        </div>
      </WaitPage>
    );
  const [title, about] = {
    over: [said.overTitle, said.overAbout],
    offered: [said.overTitle, said.overAbout],
    taken: [said.takenTitle, said.takenAbout],
    left: [said.leftTitle, said.leftAbout],
  }[state] as [string, string];
  return (
    <WaitPage model={model} screening={screening} title={title}>
      <p>{about}</p>
      {state === 'taken' ? null : (
        <ButtonLink href={pathTo(model, waitlistPath(screening.slug))} look="outline">
          {said.again}
        </ButtonLink>
      )}
    </WaitPage>
  );
}
