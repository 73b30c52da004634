import type { ReactElement } from 'react';
import { contrast, contrastMin, type Theme } from '../../../../domain/film/index.ts';
import { darkPalette, lightPalette, type Palette } from '../../../../ui/theme-css.ts';

/** What is typed for a theme, colours or not yet. */
export type TypedTheme = {
  readonly paper: string;
  readonly ink: string;
  readonly accent: string;
  readonly type: string;
};

const isColour = (value: string): boolean => /^#[0-9a-f]{6}$/i.test(value);

/** How the typed theme looks by day and by night, and whether its words can be read. Drawn, never styled inline. */
export function ThemeSample({
  typed,
  title,
}: {
  readonly typed: TypedTheme;
  readonly title: string;
}): ReactElement {
  const { paper, ink, accent, type } = typed;
  if (![paper, ink, accent].every(isColour)) {
    return (
      <p className="film-sample-none">The sample shows as soon as all three are colours such as #141414.</p>
    );
  }
  const theme: Theme = { paper, ink, accent, type: type === 'serif' ? 'serif' : 'grotesque' };
  return (
    <>
      <ul className="film-contrasts">
        <ContrastLine name="Ink on paper" one={ink} other={paper} />
        <ContrastLine name="Accent on paper" one={accent} other={paper} />
      </ul>
      <div className="film-samples">
        <Scheme name="By day" palette={lightPalette(theme)} title={title} type={theme.type} />
        <Scheme name="In a dark room" palette={darkPalette(theme)} title={title} type={theme.type} />
      </div>
    </>
  );
}

function ContrastLine({
  name,
  one,
  other,
}: {
  readonly name: string;
  readonly one: string;
  readonly other: string;
}): ReactElement {
  const found = contrast(one, other);
  const isEnough = found >= contrastMin;
  return (
    <li className={isEnough ? 'is-good' : 'is-bad'}>
      <span aria-hidden="true">{isEnough ? '✓' : '✗'}</span> {name}: {Math.floor(found * 100) / 100}:1,{' '}
      {isEnough ? 'reads well' : `too little; ${contrastMin}:1 is needed`}
    </li>
  );
}

function Scheme({
  name,
  palette,
  title,
  type,
}: {
  readonly name: string;
  readonly palette: Palette;
  readonly title: string;
  readonly type: Theme['type'];
}): ReactElement {
  const { paper, ink, accent, onAccent, quiet, band, onBand } = palette;
  return (
    <figure>
      <svg
        className={`film-sample is-${type}`}
        viewBox="0 0 360 220"
        role="img"
        aria-label={`${name}: ${title}`}
      >
        <rect width="360" height="220" fill={paper} />
        <text x="20" y="58" className="film-sample-title" fill={ink}>
          {title.slice(0, 18)}
        </text>
        <text x="20" y="88" className="film-sample-text" fill={ink}>
          A film about people who stay.
        </text>
        <text x="20" y="110" className="film-sample-text" fill={quiet}>
          2024 · 102 minutes · <tspan fill={accent}>see the screenings</tspan>
        </text>
        <rect x="20" y="126" width="112" height="34" rx="2" fill={accent} />
        <text x="76" y="148" textAnchor="middle" className="film-sample-button" fill={onAccent}>
          Get tickets
        </text>
        <rect y="178" width="360" height="42" fill={band} />
        <text x="20" y="204" className="film-sample-text" fill={onBand}>
          Directed by …
        </text>
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}
