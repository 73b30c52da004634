import type { ReactElement } from 'react';
import { whyNotRefund } from '../../domain/boxoffice/index.ts';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import type { OrderPageProps } from './order-page.tsx';
import { orderPath } from './order-path.ts';
import { ruleOf } from './ways-to-pay.tsx';

/** What went back of an order, the rule for giving tickets back, and the way to do it while it may be done. */
export function GivenBack({ model, view }: Pick<OrderPageProps, 'model' | 'view'>): ReactElement {
  const { refund: said } = words(model.language).paying;
  const { order, key, box, screening, refunds } = view;
  const rule = { boxOffice: box, startsAt: screening.startsAt, isTeam: false };
  const mayGiveBack = whyNotRefund(order, rule, model.now) === null;
  return (
    <section className="order-back" aria-labelledby="back-title">
      <h2 id="back-title">{said.title}</h2>
      {refunds.length === 0 ? null : (
        <ul>
          {refunds.map(({ id, amount, currency, state }) => (
            <li key={id}>
              {said.back(sayMoney(amount, currency, model.language))}: {said.states[state]}
            </li>
          ))}
        </ul>
      )}
      <p>{ruleOf(model, view)}</p>
      {mayGiveBack ? (
        <p>
          <a href={pathTo(model, orderPath(order.code, key, '/refund'))}>{said.title}</a>
        </p>
      ) : null}
    </section>
  );
}
