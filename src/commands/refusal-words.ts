import type { Refusal } from '../platform/refusal.ts';

const words: Readonly<Record<string, string>> = {
  unknown_film: 'There is no film "{slug}" in this installation.',
  folder_not_empty:
    '{folder} is not empty. Name a folder that is empty or not there yet; nothing was written.',
  never_published: '{slug} was never published, so there is nothing to export with --published.',
  file_missing: '{path} is missing in the storage. Run "houselights doctor".',
  film_exists: 'Another import entered this film a moment ago. Run the import again.',
};

/** A refusal as the command line says it. */
export function refusalWords({ code, details }: Refusal): string {
  const said = words[code] ?? code.replaceAll('_', ' ');
  return said.replace(/\{(\w+)\}/g, (_all, name: string) => String(details[name] ?? ''));
}
