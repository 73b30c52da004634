import type { ReactElement } from 'react';
import { type PaidCard, sayCard } from '../../../domain/boxoffice/index.ts';

/** Which card it was, below how it was paid: what a buyer reads from their statement. */
export function CardUnder({ card }: { readonly card: PaidCard | undefined }): ReactElement | null {
  const said = card === undefined ? null : sayCard(card);
  return said === null ? null : <span className="desk-under">{said}</span>;
}
