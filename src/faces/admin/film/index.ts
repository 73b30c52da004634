import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { previewText, previewTheme } from './fragment-handlers.tsx';
import { showPictures } from './pictures-handlers.tsx';
import { addressOf, receivePlace, showOverview, showPlace } from './place-handlers.tsx';
import type { FilmHouse } from './read-place.ts';
import { refusedUpload } from './refused-upload.tsx';
import {
  endAllPreviews,
  previewRevision,
  publish,
  rollBack,
  showComparison,
  showRevisions,
  undo,
} from './revision-handlers.tsx';

/** Mounts the film's editor below `/admin/films/:film`. */
export function addFilmDesk(app: DeskApp, house: FilmHouse): void {
  const mayRead = allow('film.read');
  const mayEdit = allow('film.edit');
  const receive = (c: DeskContext, address: string) =>
    receivePlace(c, house, address).catch((error: unknown) => refusedUpload(c, error));

  app.get('/film', mayRead, (c) => showOverview(c, house));
  app.get('/film/revisions', mayRead, (c) => showRevisions(c, house));
  app.get('/film/revisions/compare', mayRead, (c) => showComparison(c, house));
  app.post('/film/publications', allow('film.publish'), (c) => publish(c, house));
  app.post('/film/rollbacks', mayEdit, (c) => rollBack(c, house));
  app.post('/film/undo', mayEdit, (c) => undo(c, house));
  app.post('/film/previews', mayEdit, (c) => previewRevision(c, house));
  app.post('/film/previews/end', mayEdit, (c) => endAllPreviews(c, house));
  app.post('/film/text-preview', mayEdit, (c) => previewText(c));
  app.post('/film/theme-sample', mayEdit, (c) => previewTheme(c));
  app.get('/film/pictures', mayRead, (c) => showPictures(c, house));
  app.post('/film/pictures', mayEdit, (c) => receive(c, 'stills/new'));
  // What stands below is a page for each part of the document: parts/ lists them, place.ts finds them.
  app.get('/film/*', mayRead, (c) => showPlace(c, house, addressOf(c)));
  app.post('/film/*', mayEdit, (c) => receive(c, addressOf(c)));
}
