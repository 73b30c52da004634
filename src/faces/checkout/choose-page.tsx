import type { ReactElement } from 'react';
import { type Sale, type TicketType, whyNotOnSale } from '../../domain/boxoffice/index.ts';
import { plainAmount } from '../../domain/ledger/index.ts';
import { Button } from '../../ui/components/button.tsx';
import { ErrorSummary, FieldRow, fieldId } from '../../ui/components/field-row.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayStart } from '../../ui/dates.ts';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, SitePage, say } from '../site/pages/site-page.tsx';
import { placeOf, screeningPath } from '../site/screenings/cards.ts';
import { amountField, quantityField } from './read-choices.ts';
import { QuantityInput } from './sale-box.tsx';
import { choosePath } from './sale-paths.ts';
import { sayPrice } from './type-words.ts';

export type ChooseProps = {
  readonly model: PageModel;
  readonly sale: Sale;
  readonly holdMinutes: number;
  /** The secret of the order that this form makes: made with the page, the same for every press of its button. */
  readonly secret: string;
  readonly referral: string | null;
  /** The secret of an offer from the waitlist, which this form takes up. */
  readonly offer?: string | null;
  readonly values: Readonly<Record<string, string>>;
  /** What is wrong, by field, in words. */
  readonly errors?: readonly { readonly name: string; readonly message: string }[];
  /** What is wrong with no one field. */
  readonly problem?: string | undefined;
};

/** What to choose: how many of each, what one gives where that is free, a gift, a code. */
export function ChoosePage(props: ChooseProps): ReactElement {
  const { model, sale, values, errors = [], problem } = props;
  const { language } = model;
  const { choose } = words(language).checkout;
  const { screening } = sale;
  const errorOf = (name: string): string | undefined => errors.find((error) => error.name === name)?.message;
  // Whoever changes their mind has the last ones of a type themselves.
  const isLeft = ({ id }: TicketType) => !sale.usedUp.has(id) || Number(values[quantityField(id)] ?? 0) > 0;
  const types = sale.types.filter(
    (type) => type.kind !== 'comp' && isLeft(type) && whyNotOnSale(type, model.now) === null,
  );
  return (
    <SitePage model={model} title={choose.title} isHidden className="form-page checkout">
      <div className="section">
        <div className="section-inner">
          <p className="screening-back">
            <a href={pathTo(model, screeningPath(screening.slug))}>{choose.back}</a>
          </p>
          <h1 className="section-title">{choose.title}</h1>
          <p className="checkout-what">
            {placeOf(model, screening)}, {sayStart(screening, language)}
          </p>
          <p>{choose.lead}</p>
          {problem === undefined ? null : (
            <Notice kind="failure" title={problem} isAnswer>
              {null}
            </Notice>
          )}
          <ErrorSummary errors={errors} language={language} />
          <form className="form" method="post" action={pathTo(model, choosePath(screening.slug))}>
            <input type="hidden" name="key" value={props.secret} />
            {props.offer ? <input type="hidden" name="offer" value={props.offer} /> : null}
            {props.referral === null ? null : <input type="hidden" name="via" value={props.referral} />}
            <ul className="sale-types">
              {types.map((type) => (
                <TypeChoice key={type.id} {...{ model, type, values, errorOf, isOnly: types.length === 1 }} />
              ))}
            </ul>
            <FieldRow
              {...{ name: 'gift', label: choose.gift, hint: choose.giftHint, language }}
              {...{ value: values.gift ?? '', error: errorOf('gift'), charactersMax: 20 }}
            />
            <FieldRow
              {...{ name: 'code', label: choose.code, hint: choose.codeHint, language }}
              {...{
                value: values.code ?? '',
                error: errorOf('code'),
                charactersMax: 80,
                autoComplete: 'off',
              }}
            />
            <p>{choose.held(props.holdMinutes)}</p>
            <div className="form-send">
              <Button>{choose.go}</Button>
            </div>
          </form>
        </div>
      </div>
    </SitePage>
  );
}

type ChoiceProps = Pick<ChooseProps, 'model' | 'values'> & {
  readonly type: TicketType;
  readonly isOnly: boolean;
  readonly errorOf: (name: string) => string | undefined;
};

function TypeChoice({ model, type, values, isOnly, errorOf }: ChoiceProps): ReactElement {
  const { language } = model;
  const name = quantityField(type.id);
  const id = fieldId(name);
  const error = errorOf(name);
  const title = say(model, type.name);
  return (
    <li className="sale-type">
      <div>
        <label htmlFor={id}>{title}</label>
        <p className="sale-price">{sayPrice(type, language)}</p>
        {type.about === null ? null : <p className="sale-about">{say(model, type.about)}</p>}
        {error === undefined ? null : (
          <p className="field-error" id={`${id}-error`}>
            {error}
          </p>
        )}
        {type.kind === 'pwyw' ? (
          <AmountChoice {...{ model, type, title, values }} error={errorOf(amountField(type.id))} />
        ) : null}
      </div>
      <QuantityInput
        {...{ id, name, most: type.perOrderMax, value: values[name] ?? (isOnly ? '1' : '0') }}
        described={error === undefined ? undefined : `${id}-error`}
        isWrong={error !== undefined}
      />
    </li>
  );
}

type AmountProps = Pick<ChoiceProps, 'model' | 'type' | 'values'> & {
  readonly title: string;
  readonly error: string | undefined;
};

function AmountChoice({ model, type, title, values, error }: AmountProps): ReactElement {
  const { language } = model;
  const { choose } = words(language).checkout;
  const money = (amount: number | null): string => sayMoney(amount ?? 0, type.currency, language);
  const name = amountField(type.id);
  return (
    <FieldRow
      {...{ name, language, error, label: choose.amount(title), isRequired: true, charactersMax: 20 }}
      hint={choose.amountHint(money(type.priceMin), money(type.priceMax), money(type.price))}
      value={values[name] ?? plainAmount(type.price, type.currency)}
    />
  );
}
