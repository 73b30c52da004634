import type { ReactElement } from 'react';
import { markdownHtml } from '../markdown.ts';

export type MarkdownProps = {
  readonly text: string;
  /** The level that the text's highest heading becomes; 3 below a section's h2. */
  readonly headingsFrom?: number;
  readonly className?: string;
};

/** A text that the film's team wrote in Markdown. Nothing where there is no text. */
export function Markdown({
  text,
  headingsFrom = 3,
  className = 'prose',
}: MarkdownProps): ReactElement | null {
  if (text.trim() === '') return null;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: markdownHtml lets no HTML through; tested with S6
  return <div className={className} dangerouslySetInnerHTML={{ __html: markdownHtml(text, headingsFrom) }} />;
}
