import type { ReactElement, ReactNode } from 'react';

export type SectionProps = {
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
  /** The ground: the page's paper, the dark band, the accent. */
  readonly band?: 'paper' | 'ink' | 'accent';
  readonly className?: string;
  /** h1 where the section is the page. */
  readonly heading?: 'h1' | 'h2';
};

/** A part of a page with its heading, on one of three grounds. */
export function Section(props: SectionProps): ReactElement {
  const { id, title, children, band = 'paper', className, heading: Heading = 'h2' } = props;
  const classes = ['section', `band-${band}`, className].filter((name) => name !== undefined).join(' ');
  return (
    <section className={classes} id={id} aria-labelledby={`${id}-title`}>
      <div className="section-inner">
        <Heading className="section-title" id={`${id}-title`}>
          {title}
        </Heading>
        {children}
      </div>
    </section>
  );
}
