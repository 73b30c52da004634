import type { Refusal } from '../../../../platform/refusal.ts';

const wanted: Readonly<Record<string, string>> = {
  picture: 'a picture: JPEG, PNG, WebP, AVIF, GIF or SVG',
  video: 'a film file: MP4 or WebM',
  captions: 'captions in WebVTT (.vtt)',
  download: 'a PDF or a picture',
};

const words: Readonly<Record<string, string>> = {
  file_empty: 'This file is empty. Nothing was kept.',
  file_kind:
    'This file is none of the kinds that a film holds: JPEG, PNG, WebP, AVIF, GIF, SVG, MP4, WebM, WebVTT or PDF. Nothing was kept.',
  file_too_large: 'This file is larger than {megabytes} MB. Nothing was kept; send a smaller one.',
  file_not_accepted: 'This field wants {wanted}. Nothing was kept.',
  file_misnamed:
    'The name ends in .{named}, but what is in it is {ending}. Nothing was kept; if it is the right file, let its name end in .{ending}.',
  file_carries_more:
    'Something else is hidden in this picture ({what}). Nothing was kept; save it anew from a picture program.',
  svg_unsafe: 'This drawing {reason}, which no drawing may. Nothing was kept; save it as plain SVG.',
  picture_broken: 'This picture is damaged or cut off. Nothing was kept; send it again from the original.',
  picture_too_large:
    'This picture unpacks to more than 120 megapixels. Nothing was kept; send a smaller one.',
  captions_broken: 'These captions cannot be read: {reason}. Nothing was kept.',
  storage_full: 'The disk of this installation is full. Nothing was kept; tell whoever runs it.',
  unknown_file: 'The film does not hold this file any more. Choose it again.',
};

/** A refusal of a file as its field says it; null for refusals about something else. */
export function fileWords({ code, details }: Refusal): string | null {
  const said = words[code];
  if (said === undefined) return null;
  const all: Readonly<Record<string, string | number>> = {
    ...details,
    wanted: wanted[String(details.kind)] ?? 'another kind of file',
  };
  return said.replace(/\{(\w+)\}/g, (_all, name: string) => String(all[name] ?? ''));
}
