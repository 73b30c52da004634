// Promises: what a film says of itself is one validated document per revision; publishing moves a pointer and
// nothing is ever overwritten. Owns film, film_host, film_file, film_revision, film_publication, film_preview,
// demo_film.
// Never renders, never decides who may edit, never deletes a revision.
export { type Change, changesBetween } from './changes.ts';
export { beginDemo, finishDemo, isDemoFilm, learnDemoSizes } from './demo-films.ts';
export * from './document/index.ts';
export { fileBySha256, filePathsOf, filesOf, rememberFile } from './files.ts';
export { filmMoney, ownFirst } from './film-money.ts';
export { addHost, createFilm, type Film, filmHosts, films, removeHost } from './films.ts';
export { inspectFile, pictureBytesMax, videoBytesMax } from './inspect-file.ts';
export * from './pictures.ts';
export { endPreviews, makePreview, previewDays, previewedRevision } from './previews.ts';
export { publishRevision, rollBackTo } from './publish-revision.ts';
export {
  latestRevision,
  publishedRevision,
  type Revision,
  type RevisionLine,
  revisionByNumber,
  revisionLines,
} from './revisions.ts';
export { type Draft, type Saved, saveRevision } from './save-revision.ts';
