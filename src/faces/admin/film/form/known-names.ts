import { type Field, keyOf, type Values } from './field.ts';
import { showFields } from './show-field.ts';

const rowsMax = 500;

/** Whether a form made from these fields has a field of this name. */
export function isKnownName(
  fields: readonly Field[],
  name: string,
  languages: readonly string[],
  prefix = '',
): boolean {
  return fields.some((field) => isNameOf(field, name, languages, prefix));
}

function isNameOf(
  { path, kind }: Field,
  name: string,
  languages: readonly string[],
  prefix: string,
): boolean {
  const key = keyOf(prefix, path);
  if (name === key) return kind.is !== 'text' && kind.is !== 'rows' && kind.is !== 'focus';
  if (!name.startsWith(`${key}.`)) return false;
  const rest = name.slice(key.length + 1);
  switch (kind.is) {
    case 'text':
      return languages.includes(rest);
    case 'focus':
      return rest === 'x' || rest === 'y';
    case 'file':
      return rest === 'sha256' || rest === 'none';
    case 'rows': {
      const [index = ''] = rest.split('.', 1);
      if (!/^(0|[1-9]\d{0,2})$/.test(index) || Number(index) >= rowsMax) return false;
      return isKnownName(kind.fields, name, languages, keyOf(key, [index]));
    }
    default:
      return false;
  }
}

/** The field that a file may be sent for by this name: `image.file`. */
export function fileFieldOf(
  fields: readonly Field[],
  name: string,
  prefix = '',
): { readonly field: Field; readonly key: string } | undefined {
  for (const field of fields) {
    const key = keyOf(prefix, field.path);
    if (field.kind.is === 'file' && name === `${key}.file`) return { field, key };
    if (field.kind.is !== 'rows' || !name.startsWith(`${key}.`)) continue;
    const index = /^(?:0|[1-9]\d{0,2})(?=\.)/.exec(name.slice(key.length + 1))?.[0];
    const found = index === undefined ? undefined : fileFieldOf(field.kind.fields, name, keyOf(key, [index]));
    if (found) return found;
  }
  return undefined;
}

/**
 * A name that the form had shown and that did not come back: a form cut short on its way must not be read as
 * a wish to empty what is missing. Ticks alone send nothing when they are off.
 */
export function missingName(
  fields: readonly Field[],
  typed: Values,
  part: unknown,
  languages: readonly string[],
): string | undefined {
  const shown = showFields(fields, part, languages);
  return Object.keys(shown).find((name) => typed[name] === undefined && !isTick(fields, name, ''));
}

function isTick(fields: readonly Field[], name: string, prefix: string): boolean {
  return fields.some((field) => {
    const key = keyOf(prefix, field.path);
    if (field.kind.is === 'tick') return key === name;
    if (field.kind.is !== 'rows' || !name.startsWith(`${key}.`)) return false;
    const [index = ''] = name.slice(key.length + 1).split('.', 1);
    return isTick(field.kind.fields, name, keyOf(key, [index]));
  });
}
