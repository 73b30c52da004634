import type { ReactElement } from 'react';
import { sayOrderCode } from '../../domain/boxoffice/index.ts';
import { sayKnown } from '../../letters/changes/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayDay, sayMoment } from '../../ui/dates.ts';
import { changeWords, mayKeep } from '../../ui/words/changes.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf } from '../site/screenings/cards.ts';
import type { ChangeView } from './change.tsx';
import { orderPath } from './order-path.ts';

export type ChangePageProps = {
  readonly model: PageModel;
  readonly change: ChangeView;
  /** Why what was tried did not happen: a refusal's code. */
  readonly problem?: string;
};

/** What became of a screening, for one who has tickets: keep them, take them elsewhere, have the money back. */
export function ChangePage({ model, change, problem }: ChangePageProps): ReactElement {
  const { view, notice } = change;
  const words = changeWords(model.language);
  const title = words.page.title[notice.kind];
  const isOpen = notice.choice === null || notice.choice === 'keep';
  const problems: Readonly<Record<string, string>> = words.page.problems;
  return (
    <SitePage model={model} title={title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <p className="checkout-code">{sayOrderCode(view.order.code)}</p>
          <h1 className="section-title">{title}</h1>
          {problem === undefined ? null : (
            <Notice
              kind="failure"
              title={problems[problem] ?? words.page.problems.nothing_chosen}
              isAnswer
              id="problem"
            >
              {null}
            </Notice>
          )}
          <Moments model={model} change={change} />
          {notice.message === '' ? null : <blockquote className="change-words">{notice.message}</blockquote>}
          {notice.choice === null ? null : (
            <Notice kind="success" title={words.page.chosen[notice.choice]} id="chosen">
              {null}
            </Notice>
          )}
          {isOpen ? <Choices model={model} change={change} /> : null}
          <p className="form-ways">
            <ButtonLink href={pathTo(model, orderPath(view.order.code, view.key))} look="outline">
              {words.page.order}
            </ButtonLink>
          </p>
        </div>
      </div>
    </SitePage>
  );
}

function Moments({ model, change: { notice, changed, view } }: ChangePageProps): ReactElement {
  const words = changeWords(model.language);
  const isExchanged = notice.choice === 'exchange';
  const isThere = !isExchanged && (notice.kind === 'moved' || notice.kind === 'restored');
  const moments = [
    { label: words.was, shown: sayKnown(notice.knew, changed.venue.timezone, model.language) },
    ...(isThere ? [{ label: words.is, shown: sayScreening(model, changed) }] : []),
    ...(isExchanged ? [{ label: words.goTo, shown: sayScreening(model, view.screening) }] : []),
  ];
  return (
    <dl className="change-moments">
      {moments.map(({ label, shown }) => (
        <div key={label}>
          <dt>{label}</dt>
          {shown.split('\n').map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function sayScreening(model: PageModel, screening: ChangeView['changed']): string {
  const { venue, startsAt, local } = screening;
  const when = local.time === null ? sayDay : sayMoment;
  return `${when(startsAt, venue.timezone, model.language)}\n${say(model, venue.name)}, ${placeOf(model, screening)}`;
}

function Choices({ model, change }: ChangePageProps): ReactElement {
  const { notice, view } = change;
  const { page } = changeWords(model.language);
  const isFree = view.order.total - view.order.gift === 0;
  return (
    <div className="change-choices">
      {mayKeep(notice.kind) && notice.choice === null ? (
        <section>
          <h2>{page.keepTitle}</h2>
          <p>{page.keepAbout}</p>
          <ChoiceForm model={model} change={change} choice="keep" label={page.keep} />
        </section>
      ) : null}
      <section>
        <h2>{page.exchangeTitle}</h2>
        <Exchange model={model} change={change} />
      </section>
      <section>
        <h2>{isFree ? page.refundTitleFree : page.refundTitle}</h2>
        <p>{isFree ? page.refundAboutFree : page.refundAbout}</p>
        <ChoiceForm model={model} change={change} choice="refund" label={page.refund} />
      </section>
    </div>
  );
}

function Exchange({ model, change }: ChangePageProps): ReactElement {
  const { view, choices } = change;
  const { page } = changeWords(model.language);
  if (choices.length === 0) return <p>{page.exchangeNone}</p>;
  return (
    <>
      <p>{page.exchangeAbout}</p>
      <form method="post" action={pathTo(model, `/orders/${view.order.code}/change`)} className="change-form">
        <input type="hidden" name="key" value={view.key} />
        <fieldset>
          <legend className="visually-hidden">{page.exchangeTitle}</legend>
          {choices.map(({ screening, free }) => (
            <label key={screening.id}>
              <input type="radio" name="screening" value={screening.id} required />
              <span>
                {sayScreening(model, screening).replace('\n', ' · ')} ({page.places(free)})
              </span>
            </label>
          ))}
        </fieldset>
        <Button name="choice" value="exchange">
          {page.exchange}
        </Button>
      </form>
    </>
  );
}

function ChoiceForm({
  model,
  change: { view },
  choice,
  label,
}: ChangePageProps & { readonly choice: 'keep' | 'refund'; readonly label: string }): ReactElement {
  return (
    <form method="post" action={pathTo(model, `/orders/${view.order.code}/change`)} className="change-form">
      <input type="hidden" name="key" value={view.key} />
      <Button name="choice" value={choice} look="outline">
        {label}
      </Button>
    </form>
  );
}
