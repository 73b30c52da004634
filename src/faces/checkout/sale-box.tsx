import type { ReactElement } from 'react';
import {
  fewPlaces,
  type Sale,
  type Standing,
  standingOf,
  type TicketType,
  typesOnSale,
  whyNotOnSale,
} from '../../domain/boxoffice/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { sayMoment } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import { claimPath } from '../fund/claim-path.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, say } from '../site/pages/site-page.tsx';
import { quantityField } from './read-choices.ts';
import { choosePath, waitlistPath } from './sale-paths.ts';
import { sayPrice } from './type-words.ts';

export type SaleBoxProps = {
  readonly model: PageModel;
  readonly sale: Sale;
  /** Whether the solidarity fund pays places here. */
  readonly hasGrants: boolean;
};

/**
 * On a screening's page: what is sold, and how many. It leads on by a link, not by a change: the page is the same for
 * everybody and kept, so that nothing on it can belong to one buyer.
 */
export function SaleBox({ model, sale, hasGrants }: SaleBoxProps): ReactElement | null {
  const standing = standingOf(sale, model.now);
  if (standing === null) return null;
  const { box } = words(model.language).checkout;
  const isOpen = standing.kind === 'open' || standing.kind === 'code';
  const chosen = isOpen ? typesOnSale(sale, model.now) : [];
  const lines = sale.types
    .filter((type) => type.kind !== 'comp' && !type.needsCode)
    .map((type) => (
      <TypeLine
        key={type.id}
        {...{ model, sale, type }}
        isOpen={chosen.includes(type)}
        isOnly={chosen.length === 1}
      />
    ));
  return (
    <section className="sale" aria-labelledby="sale-title">
      <h2 id="sale-title">{box.title}</h2>
      <Left sale={sale} language={model.language} standing={standing} />
      {isOpen ? (
        <form action={pathTo(model, choosePath(sale.screening.slug))} method="get">
          <ul className="sale-types">{lines}</ul>
          <Button>{chosen.length === 0 ? box.withCode : box.go}</Button>
        </form>
      ) : (
        <>
          <ul className="sale-types">{lines}</ul>
          {standing.kind === 'full' && standing.hasLine ? (
            <p>
              <ButtonLink href={pathTo(model, waitlistPath(sale.screening.slug))} look="outline">
                {words(model.language).waitlist.join.link}
              </ButtonLink>
            </p>
          ) : null}
        </>
      )}
      {hasGrants && isOpen ? <GrantWay model={model} slug={sale.screening.slug} /> : null}
    </section>
  );
}

/** To a place that the solidarity fund pays, beside the others and as quiet as they are. */
function GrantWay({ model, slug }: { readonly model: PageModel; readonly slug: string }): ReactElement {
  const { box } = words(model.language).fund;
  return (
    <div className="sale-grant">
      <p>
        {box.about} <a href={pathTo(model, '/fund')}>{box.more}</a>
      </p>
      <ButtonLink href={pathTo(model, claimPath(slug))} look="outline">
        {box.claim}
      </ButtonLink>
    </div>
  );
}

/** How many are left, where that is worth saying. */
function Left({
  sale: { availability },
  language,
  standing,
}: {
  readonly sale: Sale;
  readonly language: string;
  readonly standing: Standing;
}): ReactElement | null {
  const { box } = words(language).checkout;
  if (standing.kind === 'announced') return <p>{box.opens}</p>;
  if (standing.kind === 'full')
    return <p className="sale-left">{standing.isForNow ? box.allHeld : box.soldOut}</p>;
  const isFew = standing.kind !== 'over' && availability.open <= fewPlaces;
  return isFew ? <p className="sale-left">{box.few(availability.open)}</p> : null;
}

type LineProps = {
  readonly model: PageModel;
  readonly sale: Sale;
  readonly type: TicketType;
  readonly isOpen: boolean;
  readonly isOnly: boolean;
};

function TypeLine({ model, sale: { screening, usedUp }, type, isOpen, isOnly }: LineProps): ReactElement {
  const { language, now } = model;
  const { box } = words(language).checkout;
  const name = say(model, type.name);
  const why = whyNotOnSale(type, now);
  const id = quantityField(type.id);
  return (
    <li className="sale-type">
      <div>
        {isOpen ? <label htmlFor={id}>{name}</label> : <p className="sale-name">{name}</p>}
        <p className="sale-price">{sayPrice(type, language)}</p>
        {type.about === null ? null : <p className="sale-about">{say(model, type.about)}</p>}
        {why === 'not_yet' && type.saleFrom !== null ? (
          <p className="sale-about">
            {box.notYet(sayMoment(type.saleFrom, screening.venue.timezone, language))}
          </p>
        ) : why === 'over' ? (
          <p className="sale-about">{box.over}</p>
        ) : usedUp.has(type.id) ? (
          <p className="sale-about">{box.soldOut}</p>
        ) : null}
      </div>
      {isOpen ? <QuantityInput id={id} most={type.perOrderMax} value={isOnly ? '1' : '0'} /> : null}
    </li>
  );
}

/** How many of one type. */
export function QuantityInput({
  id,
  name = id,
  most,
  value,
  described,
  isWrong = false,
}: {
  readonly id: string;
  readonly name?: string;
  readonly most: number;
  readonly value: string;
  readonly described?: string | undefined;
  readonly isWrong?: boolean;
}): ReactElement {
  return (
    <input
      {...{
        id,
        name,
        className: 'quantity',
        type: 'number',
        inputMode: 'numeric',
        min: 0,
        max: most,
        step: 1,
      }}
      defaultValue={value}
      aria-describedby={described}
      aria-invalid={isWrong || undefined}
    />
  );
}
