import type { Refusal } from '../platform/refusal.ts';

const words: Readonly<Record<string, string>> = {
  unknown_film: 'There is no film "{slug}" in this installation.',
  demo_under_way: 'Another season is being made at this moment. Wait until it is done, and run this again.',
  not_demo:
    'The film "{slug}" was not made by "houselights demo", so it is not removed. A film of yours stays, with its books.',
  host_name: '"{host}" is no host name. Expected one such as film.example, without https:// or a path.',
  host_taken: 'This host name leads to another film already; take it away there first.',
  folder_not_empty:
    '{folder} is not empty. Name a folder that is empty or not there yet; nothing was written.',
  never_published: '{slug} was never published, so there is nothing to export with --published.',
  file_missing: '{path} is missing in the storage. Run "houselights doctor".',
  film_exists: 'Another import entered this film a moment ago. Run the import again.',
  archive_exists: 'There is a file of that name already. Name another; nothing was written.',
  archive_foreign: 'This is no backup of Houselights, or its very beginning is damaged. Nothing was written.',
  archive_damaged: 'The archive is damaged at {member}. Nothing was written. Try an older backup.',
  archive_newer:
    'The archive was made by a newer program (migration {archive}; this one knows {program}). Restore it with that one.',
  installation_not_empty:
    'This installation is not empty (the table {table} holds rows), and a restore never writes over anything. Name an empty DATA_DIR or DATABASE_URL.',
  installation_newer:
    'The database stands at migration {installation}, the archive at {archive}. Restore into a database that was never started.',
  not_started: 'This installation was never started: there is nothing to back up.',
  storage_full: 'No space is left on the disk. What was begun was taken back.',
  storage_down: 'The file store does not answer. What was begun was taken back.',
  storage_refused: 'The file store refuses our key. Look at STORAGE_URL.',
};

/** A refusal as the command line says it. */
export function refusalWords({ code, details }: Refusal): string {
  const said = words[code] ?? code.replaceAll('_', ' ');
  return said.replace(/\{(\w+)\}/g, (_all, name: string) => String(details[name] ?? ''));
}
