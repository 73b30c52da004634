import type { ReactElement } from 'react';
import { type Code, codeState } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import {
  Badge,
  ChoiceField,
  DeskPage,
  Facts,
  FormErrors,
  type FormState,
  type NoticeWords,
  PostButton,
  RadioFields,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import type { CodePlace } from './code-values.ts';
import { giftWords, stateWords } from './words.ts';

export type CodePageProps = {
  readonly desk: Desk;
  /** Null while it is being made. */
  readonly code: Code | null;
  readonly form: FormState;
  readonly places: readonly CodePlace[];
  readonly currencies: readonly string[];
  /** By whose clock it begins and ends. */
  readonly zone: string;
  readonly notice: NoticeWords | null;
};

/** One code, or many that say the same. */
export function CodePage(props: CodePageProps): ReactElement {
  const { desk, code, form, notice } = props;
  const at = `${desk.base}/codes`;
  const mayManage = may(desk.role, 'boxoffice.manage');
  return (
    <DeskPage
      desk={desk}
      title={code?.word ?? 'Make a code'}
      {...(code === null
        ? {
            about: 'A word that makes places cheaper or free, or opens a ticket type that others do not see.',
          }
        : {})}
      from={{ href: at, label: 'Codes' }}
      notice={notice}
      actions={code && mayManage ? <Ending at={at} code={code} /> : undefined}
    >
      <FormErrors form={form} />
      {code === null ? null : <Use desk={desk} code={code} places={props.places} />}
      {mayManage ? (
        <form
          method="post"
          action={code === null ? `${at}/new` : `${at}/${code.id}`}
          className="desk-form type-form"
        >
          {code === null ? <Words form={form} /> : null}
          <Gives {...props} />
          <Limits {...props} />
          <Submit>{code === null ? 'Make it' : 'Save'}</Submit>
        </form>
      ) : null}
    </DeskPage>
  );
}

function Ending({ at, code }: { readonly at: string; readonly code: Code }): ReactElement {
  return code.withdrawnAt === null ? (
    <PostButton action={`${at}/${code.id}/withdrawal`}>Withdraw it</PostButton>
  ) : (
    <PostButton action={`${at}/${code.id}/return`}>Let it be good again</PostButton>
  );
}

function Use({
  desk,
  code,
  places,
}: {
  readonly desk: Desk;
  readonly code: Code;
  readonly places: readonly CodePlace[];
}): ReactElement {
  const state = codeState(code, desk.now);
  const { uses, usesMax, money, moneyMax, currency } = code;
  const place = places.find(
    (each) => each.ticketTypeId === code.ticketTypeId && each.screeningId === code.screeningId,
  );
  const facts = [
    [
      'State',
      <Badge key="state" tone={state === 'good' ? 'good' : 'plain'}>
        {stateWords[state]}
      </Badge>,
    ],
    ['Gives', giftWords(code)],
    ['Good for', place?.label ?? 'A screening that is over'],
    [
      'Used for',
      `${uses}${usesMax === null ? '' : ` of ${usesMax}`} ${uses === 1 && usesMax === null ? 'place' : 'places'}`,
    ],
    ...(currency !== null && (money > 0 || moneyMax !== null)
      ? [
          [
            'Took off',
            `${sayMoney(money, currency)}${moneyMax === null ? '' : ` of ${sayMoney(moneyMax, currency)}`}`,
          ] as const,
        ]
      : []),
    ['Made', <When key="made" at={code.madeAt} now={desk.now} />],
  ] as const;
  return <Facts facts={facts} />;
}

function Words({ form }: { readonly form: FormState }): ReactElement {
  return (
    <fieldset className="desk-part">
      <legend>The word</legend>
      <TextField
        name="word"
        label="Code"
        hint="Letters, figures, hyphens; how it is written is nothing to it. Empty: one is made that nobody guesses."
        form={form}
        isOptional
        charactersMax={40}
      />
      <TextField
        name="count"
        label="How many"
        hint="More than one: each gets a word of its own behind what you typed, such as LOCAL1-7K3M9QXT."
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={4}
      />
    </fieldset>
  );
}

function Gives({ form, places, currencies }: CodePageProps): ReactElement {
  return (
    <fieldset className="desk-part">
      <legend>What it gives</legend>
      <RadioFields
        name="kind"
        label="Kind"
        form={form}
        choices={[
          { value: 'percent', label: 'So many percent off', hint: 'Of types with one price' },
          {
            value: 'amount',
            label: 'So much off each place',
            hint: 'Of types with one price; never less than nothing',
          },
          { value: 'comp', label: 'The place for nothing', hint: 'Of every type it is good for' },
        ]}
      />
      <TextField
        name="percent"
        label="Percent"
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={3}
      />
      <TextField name="amount" label="Amount" form={form} isOptional charactersMax={20} />
      <ChoiceField
        name="currency"
        label="Currency"
        hint="Of the amount, and of a limit in money."
        form={form}
        choices={currencies.map((code) => ({ value: code, label: code }))}
      />
      <ChoiceField
        name="place"
        label="Good for"
        hint="For one ticket type it also opens that type where it is hidden."
        form={form}
        isOptional
        choices={places}
      />
    </fieldset>
  );
}

function Limits({ form, zone }: CodePageProps): ReactElement {
  const clock = `On the clock of ${zone.replaceAll('_', ' ')}.`;
  return (
    <fieldset className="desk-part">
      <legend>How often, and until when</legend>
      <TextField
        name="uses_max"
        label="At most for so many places"
        hint="Counted the moment somebody holds them."
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={7}
      />
      <TextField
        name="money_max"
        label="At most so much money in all"
        form={form}
        isOptional
        charactersMax={20}
      />
      <TextField
        name="good_from"
        type="datetime-local"
        label="Good from"
        hint={clock}
        form={form}
        isOptional
      />
      <TextField
        name="good_until"
        type="datetime-local"
        label="Good until"
        hint={clock}
        form={form}
        isOptional
      />
      <TextField
        name="note"
        label="Note"
        hint="For the team: whom it was made for."
        form={form}
        isOptional
        charactersMax={300}
      />
    </fieldset>
  );
}
