import type { ReactElement } from 'react';
import type { TicketType } from '../../../domain/boxoffice/index.ts';
import { plainText } from '../../../domain/screenings/index.ts';
import { RadioFields } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { methodChoices, type SalePageProps } from './sale-page.tsx';

// What a thumb reaches; a larger party is sold with every field.
const counts = [1, 2, 3, 4];

/** For the evening at the door: how it is paid is chosen once, then each sale is one press. */
export function DoorSale({ desk, screening, types, form }: SalePageProps): ReactElement {
  const methods = methodChoices(false).filter(({ value }) => value !== 'cheque');
  return (
    <form method="post" action={`${desk.base}/screenings/${screening.id}/sale`} className="door-sale">
      <input type="hidden" name="key" value={form.values.key} />
      <input type="hidden" name="at" value="door" />
      <RadioFields name="method" label="Paid" form={form} choices={methods} />
      {types.map((type) => (
        <fieldset key={type.id} className="door-type">
          <legend>
            {plainText(type.name)} <span>{priceOf(type)}</span>
          </legend>
          {counts.map((count) => (
            <button
              key={count}
              type="submit"
              name="sell"
              value={`${type.id}:${count}`}
              className="button-plain"
            >
              <b>{count}</b> <small>{totalOf(type, count)}</small>
            </button>
          ))}
        </fieldset>
      ))}
    </form>
  );
}

function priceOf({ kind, price, currency }: TicketType): string {
  if (price === 0) return 'free';
  return kind === 'pwyw' ? `${sayMoney(price, currency)} suggested` : sayMoney(price, currency);
}

function totalOf({ price, currency }: TicketType, count: number): string {
  return price === 0 ? 'free' : sayMoney(price * count, currency);
}
