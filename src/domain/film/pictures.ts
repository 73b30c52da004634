/** A file of a film as it is kept: named by its content, so that a revision can never change under its readers. */
export type StoredFile = {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  /** What the bytes are, found by looking at them: image/jpeg, image/svg+xml, text/vtt … */
  readonly mime: string;
  readonly sizeBytes: number;
  /** In pixels; null where the file is no picture. */
  readonly width: number | null;
  readonly height: number | null;
  /** Dominant colour as #rrggbb, shown until the picture has come; null where the file is no picture. */
  readonly colour: string | null;
};

/** Widths in pixels that a picture is offered in; never wider than the picture itself. */
export const pictureWidths = [160, 320, 480, 640, 960, 1280, 1920, 2560] as const;
export const pictureFormats = ['avif', 'webp'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** The widths to offer for a picture: those of `pictureWidths` below its own, and its own up to the largest. */
export function widthsOf(file: Pick<StoredFile, 'width'>): number[] {
  const own = Math.min(file.width ?? 0, pictureWidths.at(-1) ?? 0);
  return [...pictureWidths.filter((width) => width < own), own].filter((width) => width > 0);
}

/** Where a picture's rendering stands below the film's base: `/media/<sha256>-<width>.avif`. */
export function renderingPath(
  file: Pick<StoredFile, 'sha256'>,
  width: number,
  format: PictureFormat,
): string {
  return `/media/${file.sha256}-${width}.${format}`;
}

/** Where the bytes as they were given stand below the film's base: `/media/<sha256>.<ending>`. */
export function originalPath(file: Pick<StoredFile, 'sha256' | 'mime'>): string {
  return `/media/${file.sha256}.${endings[file.mime] ?? 'bin'}`;
}

/** Kinds of file that a film may hold, each with the ending that we give it. */
export const endings: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/svg+xml': 'svg',
  'text/vtt': 'vtt',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
};
