import type { ReactElement } from 'react';
import type { FundFigures } from '../../domain/fund/index.ts';
import { ButtonLink } from '../../ui/components/button.tsx';
import { sayMoney, sayShortMoney } from '../../ui/money.ts';
import { words } from '../../ui/words/index.ts';
import type { PageModel } from '../site/model.ts';
import { PageHead } from '../site/pages/page-head.tsx';
import { pathTo, SitePage } from '../site/pages/site-page.tsx';

/** The fund's running totals: gifts in, places paid, who waits, what is left. Each currency by itself. */
export function FundPage({
  model,
  figures,
}: {
  readonly model: PageModel;
  readonly figures: readonly FundFigures[];
}): ReactElement {
  const { page } = words(model.language).fund;
  return (
    <SitePage model={model} title={page.title} description={page.lead} className="plain fund-page">
      <PageHead title={page.title} lead={page.lead} />
      <div className="page-body">
        {figures.length === 0 ? <p className="fund-none">{page.none}</p> : null}
        {figures.map((fund) => (
          <Totals key={fund.currency} fund={fund} language={model.language} />
        ))}
        <section className="fund-how" aria-labelledby="fund-how">
          <h2 id="fund-how">{page.how}</h2>
          <ol>
            {page.ways.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ol>
          <p>{page.claimHow}</p>
          <p className="more">
            <ButtonLink href={pathTo(model, '/screenings')}>{page.claim}</ButtonLink>
            <ButtonLink href={pathTo(model, '/screenings')} look="outline">
              {page.give}
            </ButtonLink>
          </p>
        </section>
      </div>
    </SitePage>
  );
}

function Totals({ fund, language }: { readonly fund: FundFigures; readonly language: string }): ReactElement {
  const { page } = words(language).fund;
  const money = (amount: number): string => sayMoney(amount, fund.currency, language);
  const waiting = fund.waiting + fund.offered;
  const figures: readonly FigureProps[] = [
    {
      value: sayShortMoney(fund.giftsIn, fund.currency, language),
      label: page.given,
      below: page.gifts(fund.gifts),
    },
    {
      value: fund.places.toLocaleString(language),
      label: page.paid(fund.places),
      below: page.spent(money(fund.grantsOut)),
    },
    {
      value: sayShortMoney(fund.balance, fund.currency, language),
      label: page.left,
      below: fund.setAside > 0 ? page.setAside(money(fund.setAside)) : null,
    },
    {
      value: waiting.toLocaleString(language),
      label: page.waiting(waiting),
      below: waiting === 0 ? page.nobodyWaits : page.oldestFirst,
    },
  ];
  // One size for all of them: the largest in which the longest fits.
  const size = figures.every(({ value }) => value.length <= shortCharacters) ? 'short' : 'long';
  return (
    <ul className="figures fund-figures">
      {figures.map(({ value, label, below }) => (
        <li key={label} className="figure">
          <p className={`figure-value figure-${size}`}>{value}</p>
          <p className="figure-label">{label}</p>
          {below === null ? null : <p className="figure-source">{below}</p>}
        </li>
      ))}
    </ul>
  );
}

const shortCharacters = 4;

type FigureProps = { readonly value: string; readonly label: string; readonly below: string | null };
