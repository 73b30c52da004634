import type { Choice } from '../../../ui/admin/index.ts';

const all = Intl.supportedValuesOf('timeZone').filter(
  (name) => name.includes('/') && !name.startsWith('Etc/'),
);

/** Every zone to choose from, those that the film already uses first. */
export function zoneNames(used: readonly string[]): Choice[] {
  const first = [...new Set(used.filter((name) => name !== ''))].sort();
  const others = all.filter((name) => !first.includes(name));
  return [...first, 'UTC', ...others]
    .filter((name, at, names) => names.indexOf(name) === at)
    .map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
