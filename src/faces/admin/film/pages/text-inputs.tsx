import type { ReactElement } from 'react';
import { Markdown } from '../../../../ui/components/markdown.tsx';
import { type Field, keyOf } from '../form/field.ts';
import { Around, ErrorLine, type FieldViewProps, type FormView, Hint, idOf, wired } from './field-around.tsx';

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** `Spanish`; the code itself where it names no language that we know. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A text in every language of the site, side by side; what is written in one and missing in another is marked. */
export function TextInputs({ field, form, prefix = '' }: FieldViewProps): ReactElement {
  const key = keyOf(prefix, field.path);
  const { languages } = form;
  const [only] = languages;
  if (languages.length === 1 && only !== undefined) {
    const name = keyOf(key, [only]);
    return (
      <Around field={field} form={form} name={name}>
        <TextInput field={field} form={form} name={name} language={only} hintOf={name} />
      </Around>
    );
  }
  const written = languages.filter((language) => (form.values[keyOf(key, [language])] ?? '') !== '');
  const isForAll = field.kind.is === 'text' && field.kind.size === 'line' && written.join() === only;
  return (
    <fieldset className="film-text">
      <legend>
        {field.label}
        {field.isRequired ? null : <span className="optional"> optional</span>}
      </legend>
      <Hint field={field} name={key} />
      <div className={field.kind.is === 'text' ? `film-languages is-${field.kind.size}` : 'film-languages'}>
        {languages.map((language) => {
          const name = keyOf(key, [language]);
          const isMissing = written.length > 0 && !written.includes(language);
          return (
            <div
              key={language}
              className={form.errors[name] === undefined ? 'desk-field' : 'desk-field is-wrong'}
            >
              <label htmlFor={idOf(name)}>
                <span className="only-read">{field.label}, </span>
                {languageName(language)}
                {isMissing ? (
                  <span className={isForAll ? 'film-same' : 'film-missing'}>
                    {isForAll ? `as in ${languageName(only ?? '')}` : 'missing'}
                  </span>
                ) : null}
              </label>
              <TextInput field={field} form={form} name={name} language={language} hintOf={key} />
              <ErrorLine form={form} name={name} />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

type TextInputProps = {
  readonly field: Field;
  readonly form: FormView;
  readonly name: string;
  readonly language: string;
  readonly hintOf: string;
};

function TextInput({ field, form, name, language, hintOf }: TextInputProps): ReactElement {
  const value = form.values[name] ?? '';
  const size = field.kind.is === 'text' ? field.kind.size : 'line';
  const common = {
    ...wired(form, name, field, hintOf),
    lang: language,
    dir: 'auto',
    defaultValue: value,
  } as const;
  // A line that holds a break is shown as it is: a one-line input would drop the break unasked.
  if (size === 'line' && !value.includes('\n')) return <input {...common} type="text" autoComplete="off" />;
  const rows = { markdown: 14, paragraph: 4, sentence: 2, line: 2 }[size];
  const text = <textarea {...common} rows={rows} />;
  return size === 'markdown' ? <MarkdownInput form={form} name={name} text={text} value={value} /> : text;
}

function MarkdownInput({
  form,
  name,
  text,
  value,
}: {
  readonly form: FormView;
  readonly name: string;
  readonly text: ReactElement;
  readonly value: string;
}): ReactElement {
  const isPreviewed = form.previewed === name;
  return (
    <markdown-preview
      data-address={form.previewAddress}
      data-failure="The preview cannot be reached. Your text is still here."
    >
      {text}
      <div className="film-markdown-foot">
        <button type="submit" name="_do" value={`preview:${name}`} className="button-plain" formNoValidate>
          Preview
        </button>
        <span className="desk-hint">Markdown: **bold**, *italic*, # heading, - list, [words](https://…)</span>
      </div>
      <output
        className="film-markdown-preview"
        htmlFor={idOf(name)}
        hidden={!isPreviewed}
        id={`${idOf(name)}-preview`}
        tabIndex={-1}
      >
        {isPreviewed ? <Markdown text={value} /> : null}
      </output>
    </markdown-preview>
  );
}
