import satori from 'satori';
import sharp from 'sharp';
import { plainTheme } from '../../../domain/film/document/theme.ts';
import { facesFor } from '../../../ui/pdf/fonts.ts';
import { lightPalette } from '../../../ui/theme-css.ts';
import type { PageModel } from '../model.ts';
import { say } from '../pages/site-page.tsx';

const side = 64;

/** The film's icon: its first letter on its accent, drawn as paths, so that no font is needed to show it. */
export async function iconSvg(model: PageModel): Promise<string> {
  const theme = model.document.film.theme ?? plainTheme;
  const { accent, onAccent } = lightPalette(theme);
  const letter = firstLetter(say(model, model.document.film.title));
  const faces = (await facesFor(theme.type, letter)).filter(({ voice }) => voice === 'display');
  const box = {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '100%',
    height: '100%',
    borderRadius: 10,
    backgroundColor: accent,
    color: onAccent,
    fontSize: 54,
    lineHeight: 1,
    fontFamily: faces.map(({ script }) => script).join(', '),
  } as const;
  return await satori(<div style={box}>{letter}</div>, {
    width: side,
    height: side,
    fonts: faces.map(({ script, bytes }) => ({ name: script, data: bytes, weight: 400, style: 'normal' })),
  });
}

/** The first letter or digit that a title shows; a title of other signs gets none. */
function firstLetter(title: string): string {
  const [letter = ''] = /[\p{L}\p{N}]/u.exec(title) ?? [];
  return letter.toLocaleUpperCase();
}

export async function iconPng(svg: string, width: number): Promise<Buffer> {
  return await sharp(Buffer.from(svg), { density: (72 * width) / side })
    .resize(width, width)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** An .ico that holds one PNG: https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) */
export function iconIco(png: Buffer, width: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(width, 6);
  head.writeUInt8(width, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
