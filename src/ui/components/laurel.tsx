import type { ReactElement } from 'react';

export type LaurelProps = { readonly festival: string; readonly award?: string; readonly year: number };

/** The branch that every laurel of a page refers to; stands once, before the first. */
export function LaurelSprite(): ReactElement {
  return (
    <svg className="sprite" aria-hidden="true">
      <symbol id="branch" viewBox="0 0 48 120">
        <path className="branch-stem" d={stem()} />
        <path d={leaves().join('')} />
      </symbol>
    </svg>
  );
}

/** A festival's laurel: two branches, the award in the middle. */
export function Laurel({ festival, award, year }: LaurelProps): ReactElement {
  return (
    <li className="laurel">
      <Branch />
      <p className="laurel-words">
        {award === undefined ? null : <strong>{award}</strong>} <span>{festival}</span> <small>{year}</small>
      </p>
      <Branch />
    </li>
  );
}

function Branch(): ReactElement {
  return (
    <svg className="branch" aria-hidden="true">
      <use href="#branch" />
    </svg>
  );
}

// A quarter of an ellipse from the foot (44, 116) up to the tip (34, 6), bowed to the left.
function pointOn(share: number): { x: number; y: number; angle: number } {
  const angle = Math.PI * (0.5 + share * 0.86);
  const x = 46 + 34 * Math.cos(angle);
  const y = 60 + 56 * Math.sin(angle);
  return { x, y, angle: Math.atan2(56 * Math.cos(angle), -34 * Math.sin(angle)) };
}

function stem(): string {
  const points = Array.from({ length: 13 }, (_, at) => pointOn(at / 12));
  return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`;
}

function leaves(): string[] {
  const found: string[] = [];
  for (let at = 0; at < 9; at += 1) {
    const { x, y, angle } = pointOn(0.08 + at * 0.108);
    const length = 19 - at * 0.9;
    found.push(leaf(x, y, angle - 0.62, length), leaf(x, y, angle + 0.62, length * 0.8));
  }
  const tip = pointOn(1);
  return [...found, leaf(tip.x, tip.y, tip.angle, 12)];
}

function leaf(x: number, y: number, angle: number, length: number): string {
  const to = (along: number, aside: number): string =>
    `${(x + along * Math.cos(angle) - aside * Math.sin(angle)).toFixed(1)} ${(y + along * Math.sin(angle) + aside * Math.cos(angle)).toFixed(1)}`;
  const width = length * 0.24;
  return `M${to(0, 0)}Q${to(length * 0.45, width * 1.7)} ${to(length, 0)}Q${to(length * 0.45, -width * 1.7)} ${to(0, 0)}z`;
}
