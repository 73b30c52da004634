import type { ReactElement } from 'react';
import { may } from '../../../domain/people/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import type { Desk } from '../desk.ts';

/** A screening's name: it leads to the form for those who may edit it, to the public page for the others. */
export function ScreeningName({
  desk: { base, role, film },
  screening: { id, slug, isPrivate },
  children,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly children: string;
}): ReactElement {
  if (may(role, 'screenings.edit')) return <a href={`${base}/screenings/${id}`}>{children}</a>;
  if (isPrivate) return <>{children}</>;
  return <a href={`/films/${film.slug}/screenings/${slug}`}>{children}</a>;
}
