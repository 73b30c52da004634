import { type FilmDocument, type FormField, inLanguage } from '../film/document/index.ts';

/** Forms that every film has; the document may re-word them and add fields. */
export const standardForms = ['partner', 'host', 'press', 'education', 'general', 'newsletter'] as const;
export type StandardForm = (typeof standardForms)[number];

/** A question of a form, in the language of the page. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly kind: FormField['kind'];
  readonly isRequired: boolean;
  readonly charactersMax: number;
  readonly hint?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** As in HTML: lets browsers fill in what they know. */
  readonly autoComplete?: string;
};

/** One answer as it is kept: under the label that was shown, `shown` as it was read. */
export type Answer = {
  readonly name: string;
  readonly label: string;
  readonly kind: FormField['kind'];
  readonly value: string;
  readonly shown: string;
};

/** A form in one language: what it says and asks. Built from the film's document, never stored. */
export type Form = {
  readonly name: string;
  readonly title: string;
  /** Markdown. */
  readonly introduction: string;
  readonly success: string;
  readonly failure: string;
  /** The newsletter's terms, exactly as shown. Empty where the form does not offer it. */
  readonly consent: string;
  readonly fields: readonly Field[];
  /** Where the team reads mail of this kind; null where the document names no address. */
  readonly address: string | null;
};

type StandardField =
  | 'name'
  | 'email'
  | 'message'
  | 'organisation'
  | 'outlet'
  | 'institution'
  | 'deadline'
  | 'use'
  | 'host_kind'
  | 'place'
  | 'date'
  | 'audience';

/** The words of the standard forms in one language; those of `ui/words` have this shape. */
export type StandardWords = {
  readonly titles: Readonly<Record<StandardForm, string>>;
  readonly introductions: Readonly<Record<StandardForm | 'other', string>>;
  readonly success: string;
  readonly successNewsletter: string;
  readonly failure: string;
  /** The terms of the newsletter; the argument is the film's title. */
  readonly consent: (title: string) => string;
  readonly labels: Readonly<Record<StandardField, string>>;
  readonly hints: Readonly<Partial<Record<StandardField, string>>>;
  readonly options: Readonly<Record<'host_kind' | 'use', Readonly<Record<string, string>>>>;
};

type Shape = Pick<Field, 'kind' | 'isRequired'> & Partial<Pick<Field, 'charactersMax' | 'autoComplete'>>;
type Ask = Partial<Record<StandardField, boolean>>;

/** What each standard field is; whether it is demanded is each form's own matter. */
const shapes: Readonly<Record<StandardField, Omit<Shape, 'isRequired'>>> = {
  name: { kind: 'text', charactersMax: 200, autoComplete: 'name' },
  email: { kind: 'email', charactersMax: 254, autoComplete: 'email' },
  organisation: { kind: 'text', autoComplete: 'organization' },
  outlet: { kind: 'text', autoComplete: 'organization' },
  institution: { kind: 'text', autoComplete: 'organization' },
  deadline: { kind: 'date' },
  use: { kind: 'select' },
  host_kind: { kind: 'select' },
  place: { kind: 'text' },
  date: { kind: 'date' },
  audience: { kind: 'number' },
  message: { kind: 'textarea' },
};

/** Which fields each form asks, in order; true: demanded. */
const asks: Readonly<Record<StandardForm | 'other', Ask>> = {
  partner: { name: true, email: true, organisation: true, place: false, message: true },
  host: {
    name: true,
    email: true,
    organisation: false,
    host_kind: true,
    place: true,
    date: false,
    audience: false,
    message: false,
  },
  press: { name: true, email: true, outlet: true, deadline: false, message: true },
  education: { name: true, email: true, institution: true, use: true, message: false },
  general: { name: true, email: true, message: true },
  newsletter: { email: true, name: false },
  other: { name: true, email: true, message: false },
};

/** The address book's names for who reads which form, the first that exists. */
const readers: Readonly<Record<string, readonly string[]>> = {
  partner: ['partners', 'bookings'],
  host: ['hosts', 'bookings'],
  press: ['press'],
  education: ['education', 'bookings'],
};

const lengths: Readonly<Record<FormField['kind'], number>> = {
  text: 300,
  textarea: 5_000,
  email: 254,
  tel: 40,
  url: 2_000,
  number: 12,
  date: 10,
  select: 300,
  checkbox: 3,
};

/** The names of a film's forms: the standard ones and those that the team defined. */
export function formNames({ forms = {} }: FilmDocument): string[] {
  return [...new Set([...standardForms, ...Object.keys(forms)])];
}

/** A film's form in one language; null where it has none of this name. */
export function formOf(
  document: FilmDocument,
  name: string,
  language: string,
  words: StandardWords,
): Form | null {
  const own = Object.hasOwn(document.forms ?? {}, name) ? document.forms?.[name] : undefined;
  const standard = isStandard(name) ? name : null;
  if (standard === null && own === undefined) return null;
  const fallback = document.film.site_languages[0] ?? language;
  const say = (text: Parameters<typeof inLanguage>[0]): string => inLanguage(text, language, fallback);
  const isNewsletter = name === 'newsletter';
  const fields = new Map(standardFields(standard ?? 'other', words).map((field) => [field.name, field]));
  // A field of the document that has a standard one's name re-words it in its place.
  for (const field of own?.fields ?? []) {
    const before = fields.get(field.name);
    const made = ownField(field, say);
    const isNeeded = field.name === 'email' || (field.name === 'name' && !isNewsletter);
    fields.set(field.name, isNeeded && before ? { ...before, label: made.label } : made);
  }
  return {
    name,
    title: say(own?.title) || (standard === null ? name : words.titles[standard]),
    introduction: say(own?.introduction) || words.introductions[standard ?? 'other'],
    success: say(own?.success) || (isNewsletter ? words.successNewsletter : words.success),
    failure: say(own?.failure) || words.failure,
    consent: say(own?.consent) || (isNewsletter ? words.consent(say(document.film.title)) : ''),
    fields: [...fields.values()],
    address: teamAddress(document, name),
  };
}

/** Where the team reads mail about a form: its own address, then the general one, then any. */
export function teamAddress({ contact }: FilmDocument, form: string): string | null {
  const addresses = contact?.addresses ?? {};
  const wanted = [form, ...(readers[form] ?? []), 'general', ...Object.keys(addresses)];
  const found = wanted.find((name) => Object.hasOwn(addresses, name));
  return (found === undefined ? undefined : addresses[found]) ?? null;
}

function isStandard(name: string): name is StandardForm {
  return (standardForms as readonly string[]).includes(name);
}

function standardFields(form: StandardForm | 'other', words: StandardWords): Field[] {
  return (Object.entries(asks[form]) as [StandardField, boolean][]).map(([name, isRequired]) => {
    const { kind, charactersMax, autoComplete } = shapes[name];
    // "We answer to this address, and use it for nothing else" is not what a newsletter does.
    const hint = form === 'newsletter' && name === 'email' ? undefined : words.hints[name];
    return {
      name,
      label: words.labels[name],
      kind,
      isRequired,
      charactersMax: charactersMax ?? lengths[kind],
      ...(hint === undefined ? {} : { hint }),
      ...(autoComplete === undefined ? {} : { autoComplete }),
      ...(name === 'host_kind' || name === 'use' ? { options: optionsOf(words.options[name]) } : {}),
    };
  });
}

function optionsOf(options: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(options).map(([value, label]) => ({ value, label }));
}

function ownField(
  { name, label, kind, required = false, hint, options }: FormField,
  say: (text: FormField['label'] | undefined) => string,
): Field {
  return {
    name,
    label: say(label),
    kind,
    isRequired: required,
    charactersMax: lengths[kind],
    ...(hint === undefined ? {} : { hint: say(hint) }),
    ...(options === undefined
      ? {}
      : { options: options.map((option) => ({ value: option.value, label: say(option.label) })) }),
  };
}
