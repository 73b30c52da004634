import type { ReactElement, ReactNode } from 'react';

/** The head of every page but the first: its name, large, and a sentence on what it is for. */
export function PageHead({
  title,
  lead,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <header className="page-head">
      <h1 className="page-title">{title}</h1>
      {lead === undefined || lead === '' ? null : <p className="lead">{lead}</p>}
      {children}
    </header>
  );
}
