import type { ReactElement } from 'react';
import type { FundFigures, GrantCode, GrantRule } from '../../../domain/fund/index.ts';
import { may } from '../../../domain/people/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { ButtonRow, DeskPage, EmptyState, LinkButton, type NoticeWords } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { CodesTable } from './codes-table.tsx';
import { RulesTable } from './rules-table.tsx';

export type FundDeskProps = {
  readonly desk: Desk;
  readonly figures: readonly FundFigures[];
  readonly rules: readonly GrantRule[];
  readonly codes: readonly GrantCode[];
  readonly codesShown: number;
  /** Those that rules name. */
  readonly screenings: ReadonlyMap<string, Screening>;
  readonly notice: NoticeWords | null;
};

/** Gifts in, grants out, what is left and who waits; then what a grant pays, and the stewards' codes. */
export function FundDeskPage(props: FundDeskProps): ReactElement {
  const { desk, figures, rules, codes, codesShown, screenings, notice } = props;
  const here = `${desk.base}/fund`;
  const canManage = may(desk.role, 'fund.manage');
  const canPost = may(desk.role, 'books.post');
  return (
    <DeskPage
      desk={desk}
      title="Solidarity fund"
      about="Gifts come in with orders and pay places for people who could not come otherwise. The money is theirs, not the film’s: the fund never goes below zero, and every figure is read from the books."
      notice={notice}
      actions={
        <>
          {canPost ? <LinkButton href={`${here}/money`}>Put money in or take it out</LinkButton> : null}
          {rules.length > 0 || figures.length > 0 ? (
            <LinkButton href={`/films/${desk.film.slug}/fund`}>See its public page</LinkButton>
          ) : null}
        </>
      }
    >
      {figures.length === 0 ? (
        <EmptyState title="Nothing is in the fund yet.">
          Say below what a grant pays. Then screenings that sell tickets lead to free places, and the fund has
          a public page.
        </EmptyState>
      ) : (
        figures.map((fund) => <Figures key={fund.currency} desk={desk} fund={fund} />)
      )}
      <section className="desk-section" aria-labelledby="fund-rules">
        <h2 id="fund-rules">What a grant pays, and who may claim one</h2>
        <RulesTable {...{ desk, rules, screenings, canManage }} />
        {canManage ? (
          <ButtonRow>
            <LinkButton href={`${here}/rules/new`} look={rules.length === 0 ? 'main' : 'plain'}>
              {rules.length === 0 ? 'Open the fund' : 'Add a rule'}
            </LinkButton>
          </ButtonRow>
        ) : null}
      </section>
      <section className="desk-section" aria-labelledby="fund-codes">
        <h2 id="fund-codes">Codes for stewards</h2>
        <CodesTable {...{ desk, codes, canManage }} />
        {codes.length === codesShown ? <p>The newest {codesShown}. The CSV has all of them.</p> : null}
        <ButtonRow>
          {canManage ? <LinkButton href={`${here}/codes/new`}>Make codes</LinkButton> : null}
          {canManage && codes.length > 0 ? (
            <LinkButton href={`${here}/codes.csv`}>Codes as CSV</LinkButton>
          ) : null}
        </ButtonRow>
      </section>
    </DeskPage>
  );
}

function Figures({ desk, fund }: { readonly desk: Desk; readonly fund: FundFigures }): ReactElement {
  const { currency, waiting, offered } = fund;
  const money = (amount: number): string => sayMoney(amount, currency);
  const canRead = may(desk.role, 'books.read');
  const sums: readonly (readonly [string, string])[] = [
    [`Gifts in (${fund.gifts})`, money(fund.giftsIn)],
    [`Grants out (${fund.places} ${fund.places === 1 ? 'place' : 'places'})`, money(fund.grantsOut)],
    ['Balance', money(fund.balance)],
    ['Of it set aside just now', money(fund.setAside)],
    ['Waiting', offered === 0 ? String(waiting) : `${waiting}, and ${offered} have an offer`],
  ];
  return (
    <section className="desk-section" aria-labelledby={`fund-${currency}`}>
      <h2 id={`fund-${currency}`}>{currency}</h2>
      <dl className="books-sums">
        {sums.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {canRead ? (
        <p>
          <a href={`${desk.base}/books/accounts/fund?currency=${currency}`}>Every entry of it in the books</a>
        </p>
      ) : null}
    </section>
  );
}
