import sharp, { type Sharp } from 'sharp';

// As much as the largest picture that a film may hold, drawn at twice its size.
const pixelsMax = 120_000_000;

/** A picture filling a shape, cut around its focal point (fractions from the top left); drawings are drawn that large. */
export async function cropped(
  bytes: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
  [across, down]: readonly [number, number] = [0.5, 0.5],
): Promise<Sharp> {
  const found = await sharp(bytes, { limitInputPixels: pixelsMax }).metadata();
  const own = found.autoOrient;
  const scale = Math.max(width / own.width, height / own.height);
  const drawn = { width: Math.ceil(own.width * scale), height: Math.ceil(own.height * scale) };
  const start = (whole: number, part: number, focus: number): number =>
    Math.min(whole - part, Math.max(0, Math.round(whole * focus - part / 2)));
  return opened(bytes, found.format, scale)
    .autoOrient()
    .resize({ ...drawn, fit: 'fill' })
    .extract({
      left: start(drawn.width, width, across),
      top: start(drawn.height, height, down),
      width,
      height,
    });
}

/** A drawing's pixels at the width asked for; other pictures are left as they are. */
export async function drawnAt(bytes: Buffer, width: number): Promise<Sharp> {
  const found = await sharp(bytes, { limitInputPixels: pixelsMax }).metadata();
  const own = found.autoOrient;
  // A very tall drawing is bounded by its area.
  const scale = Math.min(width / own.width, Math.sqrt(pixelsMax / 2 / (own.width * own.height)));
  return opened(bytes, found.format, scale).resize({ width: Math.round(own.width * scale) });
}

function opened(bytes: Buffer, format: string | undefined, scale: number): Sharp {
  // 72 dots an inch is a drawing's own size; librsvg takes up to 100,000.
  const density = format === 'svg' ? Math.min(100_000, Math.max(1, 72 * scale)) : undefined;
  return sharp(bytes, { ...(density === undefined ? {} : { density }), limitInputPixels: pixelsMax });
}
