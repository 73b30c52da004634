import { encode } from 'uqr';

/** A QR code as runs of dark modules, for whatever draws it. */
export type QrRuns = {
  /** Modules on a side, the quiet zone included. */
  readonly size: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[];
};

/** A text as a QR code. Level M: some of a printed one may be folded, wet or torn. */
export function qrRuns(text: string, border = 4): QrRuns {
  const { data, size } = encode(text, { ecc: 'M', border });
  const runs: { x: number; y: number; width: number }[] = [];
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      const from = x;
      while (row[x]) x += 1;
      if (x > from) runs.push({ x: from, y, width: x - from });
    }
  }
  return { size, runs };
}

/** The same as one path, a unit a module. */
export function qrPath({ runs }: QrRuns): string {
  return runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
}
