import type { ColumnType, Generated } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { FilmDocument } from './document/index.ts';

type FilmTable = {
  id: string;
  slug: string;
  isFront: Generated<boolean>;
  createdAt: Generated<Temporal.Instant>;
  /** Given with the row, and never changed. */
  isDemo: ColumnType<boolean, boolean | undefined, never>;
};
type FilmHostTable = { host: string; filmId: string; isCanonical: Generated<boolean> };
type FilmFileTable = {
  filmId: string;
  sha256: string;
  mime: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  colour: string | null;
  createdAt: Temporal.Instant;
};
type FilmRevisionTable = {
  filmId: string;
  id: string;
  number: number;
  parentId: string | null;
  document: ColumnType<FilmDocument, string, never>;
  files: ColumnType<Record<string, string>, string, never>;
  note: Generated<string>;
  madeAt: Temporal.Instant;
  madeBy: string | null;
};
type FilmPublicationTable = {
  filmId: string;
  number: number;
  revisionId: string;
  publishedAt: Temporal.Instant;
  publishedBy: string | null;
};
type FilmPreviewTable = {
  filmId: string;
  secretHash: Buffer;
  revisionId: string;
  madeAt: Temporal.Instant;
  madeBy: string | null;
  expiresAt: Temporal.Instant;
};

type DemoFilmTable = {
  filmId: string;
  seed: number | null;
  begunAt: Temporal.Instant;
  /** null: it is being made, seen by nobody else. */
  madeAt: Temporal.Instant | null;
};

declare module '../../platform/database/tables.ts' {
  interface Tables {
    film: FilmTable;
    filmHost: FilmHostTable;
    filmFile: FilmFileTable;
    filmRevision: FilmRevisionTable;
    filmPublication: FilmPublicationTable;
    filmPreview: FilmPreviewTable;
    demoFilm: DemoFilmTable;
  }
}
