import type { ReactElement } from 'react';
import { refundUntil } from '../../domain/boxoffice/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayMoney } from '../../ui/money.ts';
import { refundRule } from '../../ui/refund-rule.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo } from '../site/pages/site-page.tsx';
import type { OrderPageProps } from './order-page.tsx';
import { orderPath } from './order-path.ts';
import type { OrderView } from './order-view.ts';

type Shown = Pick<OrderPageProps, 'model' | 'view'>;

/** The film's rule for refunds, in the sentence in which it stands everywhere. */
export function ruleOf(model: PageModel, { box, screening }: OrderView): string {
  const until = refundUntil(box, screening.startsAt);
  return refundRule(until, screening.venue.timezone, model.language);
}

/** A payment page is open for the order, or a bank takes its time over it. */
export function PageWaits({ model, view: { open, order, key } }: Shown): ReactElement | null {
  const { pay } = words(model.language).paying;
  if (open === null) return null;
  if (open.pendingAt !== null)
    return (
      <Notice kind="note" title={pay.pending}>
        {pay.pendingAbout}
      </Notice>
    );
  if (open.pageUrl === null) return null;
  return (
    <Notice kind="note" title={pay.waits}>
      <p>{pay.waitsAbout}</p>
      <ButtonLink href={pathTo(model, orderPath(order.code, key, '/payment'))} look="outline">
        {pay.open}
      </ButtonLink>
    </Notice>
  );
}

/** How an order with something to pay can be paid: each way a button of the one form. */
export function WaysToPay({
  model,
  view: { order, box, open },
  payee = null,
}: Pick<OrderPageProps, 'model' | 'view' | 'payee'>): ReactElement {
  const { pay } = words(model.language).paying;
  const isPending = open?.pendingAt != null;
  const hasInvoice = box.invoiceDays !== null && open === null;
  if (isPending) return <p>{pay.pendingAbout}</p>;
  if (payee === null && !hasInvoice) return <Notice kind="note">{pay.problems.nobody}</Notice>;
  return (
    <>
      {payee === 'sandbox' ? <Notice kind="note">{pay.sandbox}</Notice> : null}
      <div className="form-ways">
        {payee === null ? null : (
          <Button name="by" value="page">
            {pay.go(sayMoney(order.total, order.currency, model.language))}
          </Button>
        )}
        {hasInvoice ? (
          <Button name="by" value="invoice" look={payee === null ? 'solid' : 'outline'}>
            {pay.invoice(box.invoiceDays ?? 0)}
          </Button>
        ) : null}
      </div>
      {hasInvoice ? <p className="field-hint">{pay.invoiceAbout}</p> : null}
    </>
  );
}
