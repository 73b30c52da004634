import {
  chargesInDoubt,
  eventsSeen,
  invoicesOf,
  isSandboxOpen,
  listDisputes,
  ordersById,
  paymentAccount,
  refundsNotDone,
} from '../../../domain/boxoffice/index.ts';
import { filmMoney, isDemoFilm } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { isSandboxAllowed } from '../../../platform/payments/index.ts';
import { type FormState, sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { siteUrlOf } from '../../paying/drivers.ts';
import { answer } from '../answer.ts';
import type { DeskContext } from '../desk.ts';
import { PaymentsPage } from './payments-page.tsx';
import { sayings } from './words.ts';

/** The page of the film's payments as it stands now, with a form that comes back where one does. */
export async function showPayments(
  c: DeskContext,
  house: House,
  typed: FormState = { values: {}, errors: {} },
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const { film } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const account = await paymentAccount(tx, film.id);
    const [disputes, refunds, doubts, invoices] = [
      await listDisputes(tx, film.id),
      await refundsNotDone(tx, film.id),
      await chargesInDoubt(tx, film.id),
      await invoicesOf(tx, film.id),
    ];
    const orderIds = [...disputes, ...refunds, ...doubts, ...invoices].map(({ orderId }) => orderId);
    return {
      account,
      isDemo: await isDemoFilm(tx, film.id),
      isSandboxOpen: await isSandboxOpen(tx, film.id),
      events: account && (await eventsSeen(tx, film.id, account.id)),
      ...{ disputes, refunds, doubts, invoices },
      orders: await ordersById(tx, film.id, [...new Set(orderIds)]),
      ...(await filmMoney(tx, film.id, desk.now)),
    };
  });
  const webhookUrl = `${await siteUrlOf(house, film.id)}/webhooks/stripe`;
  const isSandbox = isSandboxAllowed(house.config);
  const notice = sayingOf(c.req.url, sayings);
  return answer(
    c,
    <PaymentsPage {...{ desk, ...found, webhookUrl, isSandbox, notice }} form={typed} />,
    status,
  );
}
