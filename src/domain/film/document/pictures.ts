import { z } from 'zod';
import { filePath, languageTag, line, lineText, link } from './text.ts';

/** Where the eye should stay when a picture is cropped: fractions of width and height from the top left. */
export const focalPoint = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]);

/** A picture that says something: its alt text is demanded. */
export const picture = z.strictObject({
  image: filePath,
  alt: lineText,
  credit: lineText.optional(),
  focus: focalPoint.optional(),
});
export type Picture = z.infer<typeof picture>;

/** A film file of ours with captions, or a link to somewhere that plays it. */
export const trailer = z.union([
  z.strictObject({ file: filePath, captions: z.record(languageTag, filePath).optional() }),
  z.strictObject({ url: link }),
]);

export const logo = z.strictObject({ name: line, image: filePath.optional(), url: link.optional() });
