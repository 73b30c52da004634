import type { ReactElement } from 'react';
import { originalPath, renderingPath, type StoredFile, widthsOf } from '../../domain/film/pictures.ts';
import { pictureClass } from '../theme-css.ts';

export type PictureProps = {
  readonly file: StoredFile;
  /** What stands before the film's paths: '' or '/films/union'. */
  readonly base: string;
  /** What a person who cannot see it is told; '' only where the words beside it say the same. */
  readonly alt: string;
  /** How wide it is shown, as in HTML: `(min-width: 60rem) 50vw, 100vw`. */
  readonly sizes: string;
  /** The first picture of a page: fetched at once, before anything else. */
  readonly isFirst?: boolean;
  readonly className?: string;
  /** Widths above this are not offered: a logo needs no 2560. */
  readonly widthMax?: number;
};

/** A picture in AVIF and WebP at the sizes that screens need, with its place kept by its own colour. */
export function Picture(props: PictureProps): ReactElement {
  const { file, base, alt, sizes, isFirst = false, className, widthMax = 2_560 } = props;
  const widths = widthsOf(file).filter((width, at) => at === 0 || width <= widthMax);
  const classes = className === undefined ? pictureClass(file) : `${className} ${pictureClass(file)}`;
  const common = {
    className: classes,
    width: file.width ?? undefined,
    height: file.height ?? undefined,
    loading: isFirst ? undefined : ('lazy' as const),
    decoding: isFirst ? undefined : ('async' as const),
    fetchPriority: isFirst ? ('high' as const) : undefined,
  };
  const middle = widths.find((width) => width >= 640) ?? widths.at(-1);
  if (middle === undefined) return <img {...common} alt={alt} src={base + originalPath(file)} />;
  const set = (format: 'avif' | 'webp'): string =>
    widths.map((width) => `${base}${renderingPath(file, width, format)} ${width}w`).join(', ');
  return (
    <picture>
      <source type="image/avif" srcSet={set('avif')} sizes={sizes} />
      <img
        {...common}
        alt={alt}
        srcSet={set('webp')}
        sizes={sizes}
        src={base + renderingPath(file, middle, 'webp')}
      />
    </picture>
  );
}
