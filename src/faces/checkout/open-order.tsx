import type { ReactElement } from 'react';
import { Button } from '../../ui/components/button.tsx';
import { FieldRow } from '../../ui/components/field-row.tsx';
import { sayTime } from '../../ui/dates.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo, say } from '../site/pages/site-page.tsx';
import type { OrderPageProps } from './order-page.tsx';
import { OrderSummary } from './order-summary.tsx';
import type { OrderView } from './order-view.ts';
import { guestField } from './read-guests.ts';
import { choosePath } from './sale-paths.ts';
import { PageWaits, ruleOf, WaysToPay } from './ways-to-pay.tsx';

/** An order whose places are held: how long, what it costs, who comes. */
export function OpenOrder({
  model,
  view,
  values: typed,
  errors = [],
  payee = null,
}: OrderPageProps): ReactElement {
  const { order: said } = words(model.language).checkout;
  const { order, key, screening } = view;
  const { language } = model;
  const part = order.total === 0 ? 'confirmation' : 'payment';
  // Who came back without paying finds what they had typed.
  const values = typed ?? { name: order.buyer?.name ?? '', address: order.buyer?.address ?? '' };
  const errorOf = (name: string): string | undefined => errors.find((error) => error.name === name)?.message;
  return (
    <>
      <TimeLeft model={model} view={view} />
      <OrderSummary model={model} view={view} />
      <p>
        <a href={`${pathTo(model, choosePath(screening.slug))}?key=${key}`}>{said.change}</a>
      </p>
      <PageWaits model={model} view={view} />
      <form className="form" method="post" action={pathTo(model, `/orders/${order.code}/${part}`)}>
        <input type="hidden" name="key" value={key} />
        <FieldRow
          {...{ name: 'name', label: said.name, hint: said.nameHint, language, isRequired: true }}
          {...{ charactersMax: 200, autoComplete: 'name', value: values.name ?? '', error: errorOf('name') }}
        />
        <FieldRow
          {...{ name: 'address', kind: 'email', label: said.address, hint: said.addressHint, language }}
          {...{ isRequired: true, charactersMax: 254, autoComplete: 'email' }}
          {...{ value: values.address ?? '', error: errorOf('address') }}
        />
        <GuestNames {...{ model, view, values, errorOf }} />
        <p className="field-hint">{ruleOf(model, view)}</p>
        {order.total === 0 ? (
          <div className="form-send">
            <Button>{said.confirm}</Button>
          </div>
        ) : (
          <WaysToPay model={model} view={view} payee={payee} />
        )}
      </form>
    </>
  );
}

type GuestProps = {
  readonly model: PageModel;
  readonly view: OrderView;
  readonly values: Readonly<Record<string, string>>;
  readonly errorOf: (name: string) => string | undefined;
};

/** Asked only of those who want to say it: nobody needs a name to come in. */
function GuestNames({ model, view: { order, types }, values, errorOf }: GuestProps): ReactElement | null {
  const { order: said } = words(model.language).checkout;
  const places = order.lines.flatMap(({ quantity, ticketTypeId }) =>
    Array.from({ length: quantity }, () => say(model, types.find(({ id }) => id === ticketTypeId)?.name)),
  );
  if (places.length < 2) return null;
  const fields = places.map((type, at) => ({ name: guestField(at + 1), label: said.guest(at + 1, type) }));
  const isOpen = fields.some(({ name }) => errorOf(name) !== undefined || (values[name] ?? '') !== '');
  return (
    <details className="order-guests" open={isOpen}>
      <summary>{said.guests}</summary>
      <p className="field-hint">{said.guestsHint}</p>
      {fields.map(({ name, label }) => (
        <FieldRow
          key={name}
          {...{ name, label, language: model.language, charactersMax: 200 }}
          {...{ value: values[name] ?? '', error: errorOf(name) }}
        />
      ))}
    </details>
  );
}

/** Until when, in the words of a clock; with script it also counts, and says so before it is over. */
function TimeLeft({
  model,
  view: { order, screening },
}: Pick<OrderPageProps, 'model' | 'view'>): ReactElement {
  const { order: said } = words(model.language).checkout;
  const seconds = Math.max(
    0,
    Math.floor((order.lapsesAt.epochMilliseconds - model.now.epochMilliseconds) / 1000),
  );
  return (
    <div className="order-until">
      <p>{said.until(sayTime(order.lapsesAt, screening.venue.timezone, model.language))}</p>
      <time-left
        seconds={seconds}
        counting={said.left}
        minutes={said.leftWords}
        minute={said.leftMinute}
        gone={said.gone}
      />
    </div>
  );
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'time-left': {
        readonly seconds: number;
        readonly counting: string;
        readonly minutes: string;
        readonly minute: string;
        readonly gone: string;
      };
    }
  }
}
