import type { ReactElement, ReactNode } from 'react';
import { type Order, sayOrderCode, whyNotUndo } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { DeskNotice, PostButton } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { methodWords } from '../orders/words.ts';

/** What was just sold, with the way to take it back while it is a slip of the finger; or that it was taken back. */
export function Sold({ desk, order }: { readonly desk: Desk; readonly order: Order }): ReactElement {
  if (order.cancelledAt !== null) return <Undone desk={desk} order={order} />;
  const undo = `${desk.base}/screenings/${order.screeningId}/sale/${order.id}/undoing`;
  return (
    <>
      <DeskNotice
        tone="good"
        words={
          <>
            <What order={order} />
            {order.method === null || order.total === 0 ? '' : `, ${methodWords[order.method].toLowerCase()}`}
            . Order <Code desk={desk} order={order} />
            {order.buyer?.address ? `; the tickets go to ${order.buyer.address}.` : '.'}
          </>
        }
      />
      {whyNotUndo(order, desk.now) === null ? <PostButton action={undo}>Undo this sale</PostButton> : null}
    </>
  );
}

const backWords: Readonly<Record<string, string>> = {
  cash: ' Take the money out of the cash box: in the books it is out already.',
  cheque: ' Give the cheque back.',
  'card-reader': ' Take the payment back at the reader too: nobody can from here.',
};

function Undone({ desk, order }: { readonly desk: Desk; readonly order: Order }): ReactElement {
  const back = order.total === 0 ? '' : (backWords[order.method ?? ''] ?? '');
  return (
    <DeskNotice
      tone="warn"
      words={
        <>
          Undone: <What order={order} />. Order <Code desk={desk} order={order} /> lets nobody in, and its
          places are free.{back}
        </>
      }
    />
  );
}

function What({ order: { lines, total, currency } }: { readonly order: Order }): ReactElement {
  const places = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <strong>
      {places} {places === 1 ? 'place' : 'places'},{' '}
      {total === 0 ? 'nothing to pay' : sayMoney(total, currency)}
    </strong>
  );
}

function Code({ desk, order }: { readonly desk: Desk; readonly order: Order }): ReactNode {
  const code = sayOrderCode(order.code);
  return may(desk.role, 'orders.read') ? <a href={`${desk.base}/orders/${order.id}`}>{code}</a> : code;
}
