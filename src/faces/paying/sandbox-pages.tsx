import type { ReactElement } from 'react';
import type { SandboxPayment } from '../../platform/payments/index.ts';
import { Button, ButtonLink } from '../../ui/components/button.tsx';
import { Notice } from '../../ui/components/notice.tsx';
import { sayMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { SitePage } from '../site/pages/site-page.tsx';

export type SandboxState = 'open' | 'declined' | 'over' | 'paid';

/** The sandbox's payment page. It says first that no money moves. */
export function SandboxPage({
  model,
  payment,
  state,
  here,
  ways,
}: {
  readonly model: PageModel;
  readonly payment: SandboxPayment;
  readonly state: SandboxState;
  readonly here: string;
  /** To the order, paid and unpaid. */
  readonly ways: { readonly back: string; readonly away: string };
}): ReactElement {
  const { sandbox } = words(model.language).paying;
  const isOpen = state === 'open' || state === 'declined';
  return (
    <SitePage model={model} title={sandbox.title} isHidden className="form-page">
      <div className="section">
        <div className="section-inner form-answer">
          <h1 className="section-title">{sandbox.title}</h1>
          <Notice kind="note">{sandbox.about}</Notice>
          <dl className="sandbox-facts">
            <dt>{sandbox.for}</dt>
            <dd>{payment.title}</dd>
            <dt>{sandbox.amount}</dt>
            <dd>{sayMoney(payment.amount, payment.currency, model.language)}</dd>
          </dl>
          {state === 'open' ? null : (
            <Notice kind={state === 'paid' ? 'success' : 'failure'}>{sandbox[state]}</Notice>
          )}
          {isOpen ? (
            <form method="post" action={here} className="form-ways">
              <Button name="do" value="pay">
                {sandbox.pay}
              </Button>
              <Button name="do" value="decline" look="quiet">
                {sandbox.decline}
              </Button>
              <ButtonLink href={ways.away} look="quiet">
                {sandbox.leave}
              </ButtonLink>
            </form>
          ) : (
            <p className="form-ways">
              <ButtonLink href={state === 'paid' ? ways.back : ways.away}>{sandbox.back}</ButtonLink>
            </p>
          )}
        </div>
      </div>
    </SitePage>
  );
}
