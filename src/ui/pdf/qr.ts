import { qrRuns } from '../qr.ts';

/** Draws a QR code with its quiet zone into a square, in points from the top left. */
export function drawQr(
  document: PDFKit.PDFDocument,
  text: string,
  { left, top, side }: { readonly left: number; readonly top: number; readonly side: number },
): void {
  const { size, runs } = qrRuns(text);
  const module = side / size;
  document.save();
  for (const { x, y, width } of runs)
    document.rect(left + x * module, top + y * module, width * module, module);
  document.fill('#000000').restore();
}
