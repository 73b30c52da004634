import type { ReactElement } from 'react';
import {
  fewPlaces,
  type Sale,
  type TicketType,
  typesOnSale,
  type WhyNotSelling,
  whyNotOnSale,
  whyNotSelling,
} from '../../domain/boxoffice/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { sayMoment } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import { claimPath } from '../fund/claim-path.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, say } from '../site/pages/site-page.tsx';
import { quantityField } from './read-choices.ts';
import { sayPrice } from './type-words.ts';

export type SaleBoxProps = {
  readonly model: PageModel;
  readonly sale: Sale;
  /** Whether the solidarity fund pays places here. */
  readonly hasGrants: boolean;
};

/** Where one joins the line of a full screening. */
export const waitlistPath = (slug: string): string => `/screenings/${slug}/waitlist`;

/** Where tickets are chosen. */
export function choosePath(slug: string): string {
  return `/screenings/${slug}/tickets`;
}

/**
 * On a screening's page: what is sold, and how many. It leads on by a link, not by a change: the page is the same for
 * everybody and kept, so that nothing on it can belong to one buyer.
 */
export function SaleBox({ model, sale, hasGrants }: SaleBoxProps): ReactElement | null {
  const { box } = words(model.language).checkout;
  const why = whyNotSelling(sale.screening, model.now, false);
  const isShown = why === null || why === 'not_on_sale' || why === 'sold_out';
  if (!isShown || sale.types.length === 0) return null;
  const chosen = typesOnSale(sale, model.now);
  const shown = sale.types.filter((type) => type.kind !== 'comp' && !type.needsCode);
  const isOpen = why === null && sale.availability.open > 0 && sale.types.some((type) => isFor(type, model));
  const lines = shown.map((type) => (
    <TypeLine
      key={type.id}
      model={model}
      type={type}
      isOpen={isOpen && chosen.includes(type)}
      isOnly={chosen.length === 1}
    />
  ));
  return (
    <section className="sale" aria-labelledby="sale-title">
      <h2 id="sale-title">{box.title}</h2>
      <Left sale={sale} language={model.language} why={why} />
      {isOpen ? (
        <form action={pathTo(model, choosePath(sale.screening.slug))} method="get">
          <ul className="sale-types">{lines}</ul>
          <Button>{chosen.length === 0 ? box.withCode : box.go}</Button>
        </form>
      ) : (
        <>
          <ul className="sale-types">{lines}</ul>
          {why === 'sold_out' || (why === null && sale.availability.open === 0) ? (
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

/** Whether a type may be chosen now, if only by those who bring its code. */
function isFor(type: TicketType, { now }: PageModel): boolean {
  return type.kind !== 'comp' && whyNotOnSale(type, now) === null;
}

function Left({
  sale: { availability },
  language,
  why,
}: {
  readonly sale: Sale;
  readonly language: string;
  readonly why: WhyNotSelling | null;
}): ReactElement | null {
  const { box } = words(language).checkout;
  const { open: free, held } = availability;
  if (why === 'not_on_sale') return <p>{box.opens}</p>;
  if (why !== null) return <p className="sale-left">{box.soldOut}</p>;
  if (free > fewPlaces) return null;
  if (free > 0) return <p className="sale-left">{box.few(free)}</p>;
  return <p className="sale-left">{held > 0 ? box.allHeld : box.soldOut}</p>;
}

type LineProps = {
  readonly model: PageModel;
  readonly type: TicketType;
  readonly isOpen: boolean;
  readonly isOnly: boolean;
};

function TypeLine({ model, type, isOpen, isOnly }: LineProps): ReactElement {
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
          <p className="sale-about">{box.notYet(sayMoment(type.saleFrom, zoneOf(model), language))}</p>
        ) : why === 'over' ? (
          <p className="sale-about">{box.over}</p>
        ) : null}
      </div>
      {isOpen ? <QuantityInput id={id} most={type.perOrderMax} value={isOnly ? '1' : '0'} /> : null}
    </li>
  );
}

const zoneOf = ({ document }: PageModel): string => document.film.timezone ?? 'UTC';

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
