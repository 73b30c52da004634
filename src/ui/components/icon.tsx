import type { ReactElement } from 'react';

/** Drawn on a grid of 24, in strokes of 2, so that they sit with the text face. */
const shapes = {
  elsewhere: 'M7 17 17 7M9 7h8v8',
  play: 'M7 4.5v15l12-7.5z',
  download: 'M12 4v11m-5-5 5 5 5-5M5 20h14',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4m8-4v4',
  feed: 'M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M5.5 18.5h.01',
  place:
    'M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  warning: 'M12 3 2 20h20zM12 10v4m0 3v.01',
  check: 'm4 12 5 6L20 6',
  open_captions: 'M3 5h18v14H3zM7 14h4m2 0h4M7 10.500h6',
  asl: 'M8 12V5.500a1.500 1.500 0 0 1 3 0V11m0-6.500a1.500 1.500 0 0 1 3 0V11m0-5a1.500 1.500 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.500-1.500-6.500-5.500l-1-2a1.500 1.500 0 0 1 2.500-1.500L8 14',
  audio_description: 'M4 17 9 6l5 11M6 13h6m4-6a8 8 0 0 1 0 10m3-12a11 11 0 0 1 0 14',
  step_free: 'M10 5.500h.01M10 9v6h6l2.500 5M10 12h5M7.500 11.500a5 5 0 1 0 6.500 7',
  hearing_loop:
    'M7 9a5 5 0 0 1 10 0c0 4-4 4-4 8a3 3 0 0 1-6 0M10 9.500a2 2 0 0 1 4 0M19 4a9 9 0 0 1 1.500 8M3.500 4A9 9 0 0 0 3 12',
  wide_seats: 'M5 11V6h14v5M3 11h3v4h12v-4h3v7H3zM6 18v2m12-2v2',
} as const;
export type IconName = keyof typeof shapes;

/** A sign beside words that say the same: never alone, and silent for a screen reader. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}
