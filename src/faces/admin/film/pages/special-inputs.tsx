import type { ReactElement } from 'react';
import { type Field, type Kind, keyOf } from '../form/field.ts';
import { acceptOf } from '../upload/keep-file.ts';
import {
  Around,
  ErrorLine,
  type FieldViewProps,
  type FormView,
  Hint,
  idOf,
  type Thumbnail,
  wired,
} from './field-around.tsx';
import { languageName } from './text-inputs.tsx';

type FileKindOf = Extract<Kind, { is: 'file' }>;

/** The file that is there, another one in its place, and the way to take it away. */
export function FileInput({
  field,
  form,
  prefix = '',
  kind,
}: FieldViewProps & { readonly kind: FileKindOf }): ReactElement {
  const name = keyOf(prefix, field.path);
  const path = form.values[name] ?? '';
  const shaName = keyOf(name, ['sha256']);
  const thumbnail = path === '' ? null : form.thumbnail(path, form.values[shaName] ?? '');
  const fileName = `${name}.file`;
  return (
    <div
      className={form.errors[name] === undefined ? 'desk-field film-file' : 'desk-field film-file is-wrong'}
    >
      <label htmlFor={idOf(name)}>
        {field.label}
        {field.isRequired ? null : <span className="optional"> optional</span>}
      </label>
      <Hint field={field} name={name} />
      <div className="film-file-now">
        {thumbnail === null ? null : <ThumbnailPicture thumbnail={thumbnail} />}
        <div className="film-file-choose">
          {kind.orLink ? (
            <input
              {...wired(form, name, field)}
              type="text"
              inputMode="url"
              defaultValue={path}
              autoComplete="off"
            />
          ) : (
            <>
              {path === '' ? null : <p className="film-file-name">{path}</p>}
              <input type="hidden" name={name} value={path} />
            </>
          )}
          <input type="hidden" name={shaName} value={form.values[shaName] ?? ''} />
          <input
            type="file"
            name={fileName}
            accept={acceptOf[kind.accepts]}
            {...(kind.orLink
              ? { 'aria-label': `${field.label}: choose a file` }
              : {
                  id: idOf(name),
                  'aria-invalid': form.errors[name] === undefined ? undefined : true,
                  'aria-describedby': wired(form, name, field)['aria-describedby'],
                })}
          />
          {path === '' || field.isRequired ? null : (
            <label className="desk-choice">
              <input type="checkbox" name={`${name}.none`} value="yes" />
              <span>Take it away</span>
            </label>
          )}
        </div>
      </div>
      <ErrorLine form={form} name={name} />
    </div>
  );
}

function ThumbnailPicture({ thumbnail }: { readonly thumbnail: Thumbnail }): ReactElement {
  const { href, width, height } = thumbnail;
  return <img className="film-thumbnail" src={href} width={width} height={height} alt="" decoding="async" />;
}

/** Two numbers, and the picture to point at where there is one and script runs. */
export function FocusInputs({
  field,
  form,
  prefix = '',
  kind,
}: FieldViewProps & { readonly kind: Extract<Kind, { is: 'focus' }> }): ReactElement {
  const name = keyOf(prefix, field.path);
  const path = form.values[keyOf(prefix, [kind.of])] ?? '';
  const sha256 = form.values[keyOf(prefix, [kind.of, 'sha256'])] ?? '';
  const thumbnail = path === '' ? null : form.thumbnail(path, sha256);
  const axes = [
    ['x', 'From the left, in percent'],
    ['y', 'From the top, in percent'],
  ] as const;
  return (
    <fieldset className="film-focus">
      <legend>
        {field.label} <span className="optional">optional</span>
      </legend>
      <Hint field={field} name={name} />
      <focal-point
        data-label="Focal point: arrow keys move it"
        data-x={idOf(`${name}.x`)}
        data-y={idOf(`${name}.y`)}
      >
        {thumbnail === null ? null : <FocusPicture thumbnail={thumbnail} form={form} name={name} />}
      </focal-point>
      <div className="film-focus-axes">
        {axes.map(([axis, label]) => {
          const axisName = keyOf(name, [axis]);
          const axisField: Field = { ...field, label };
          return (
            <Around
              key={axis}
              field={{ ...axisField, isRequired: true }}
              form={form}
              name={axisName}
              isHintShown={false}
            >
              <input
                {...wired(form, axisName, axisField, name)}
                type="text"
                inputMode="decimal"
                className="is-narrow"
                placeholder="50"
                defaultValue={form.values[axisName]}
                autoComplete="off"
              />
            </Around>
          );
        })}
      </div>
    </fieldset>
  );
}

/** The picture with a ring where the point is. Drawn, because no page carries inline style. */
function FocusPicture({
  thumbnail,
  form,
  name,
}: {
  readonly thumbnail: Thumbnail;
  readonly form: FormView;
  readonly name: string;
}): ReactElement {
  const { href, width, height } = thumbnail;
  const percent = (axis: string): number => {
    const typed = Number.parseFloat(form.values[keyOf(name, [axis])] ?? '');
    return Number.isFinite(typed) ? Math.min(100, Math.max(0, typed)) : 50;
  };
  const radius = Math.max(width, height) / 36;
  const [x, y] = [(percent('x') / 100) * width, (percent('y') / 100) * height];
  return (
    <svg className="film-focus-picture" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <image href={href} width={width} height={height} />
      <circle className="film-focus-halo" cx={x} cy={y} r={radius} strokeWidth={radius / 2.2} />
      <circle className="film-focus-ring" cx={x} cy={y} r={radius} strokeWidth={radius / 5} />
    </svg>
  );
}

/** A colour by its six digits, with the browser's own picker beside it where script runs. */
export function ColourInput({
  name,
  field,
  form,
}: {
  readonly name: string;
  readonly field: Field;
  readonly form: FormView;
}): ReactElement {
  const value = form.values[name] ?? '';
  return (
    <span className="film-colour">
      <svg viewBox="0 0 1 1" aria-hidden="true" data-colour-of={name}>
        <rect width="1" height="1" fill={/^#[0-9a-f]{6}$/i.test(value) ? value : 'none'} />
      </svg>
      <input
        {...wired(form, name, field)}
        type="text"
        className="is-narrow"
        defaultValue={value}
        placeholder="#141414"
        spellCheck={false}
        autoComplete="off"
      />
    </span>
  );
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** What the codes mean, so that a slip shows. */
export function CodesHint({
  of,
  codes,
}: {
  readonly of: 'language' | 'country';
  readonly codes: string;
}): ReactElement | null {
  const named = codes
    .split(/[\s,;]+/)
    .filter((code) => code !== '')
    .slice(0, 60)
    .map((code) => (of === 'language' ? languageName(code) : regionName(code)));
  return named.length === 0 ? null : <p className="desk-hint">{named.join(', ')}</p>;
}

function regionName(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}
