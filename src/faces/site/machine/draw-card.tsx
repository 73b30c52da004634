import type { ReactElement } from 'react';
import satori from 'satori';
import sharp from 'sharp';
import type { Theme } from '../../../domain/film/document/theme.ts';
import { facesFor, type Voice } from '../../../ui/pdf/fonts.ts';
import { lightPalette, type Palette } from '../../../ui/theme-css.ts';
import { narrowWidth, titleLines, wideWidth } from '../../../ui/title-fit.ts';
import { cropped } from '../../press/crop.ts';
import type { Card } from './card.ts';

/** What the networks ask for: https://ogp.me/#structured and their own guides agree on 1.91 to 1. */
export const cardShape = { width: 1_200, height: 630 };

export type CardPicture = {
  readonly bytes: Buffer;
  readonly focus: readonly [number, number] | undefined;
};

const pictureWidth = 520;
const padding = 56;
const edge = 16;

/** Draws a card in the film's theme: words at the left, the film's picture at the right. */
export async function drawCard(card: Card, theme: Theme, picture: CardPicture | null): Promise<Buffer> {
  const palette = lightPalette(theme);
  const faces = await facesFor(theme.type, Object.values(card).flat().join(' '));
  const families = new Map<Voice, string>();
  for (const { voice, script } of faces)
    families.set(voice, [families.get(voice), `${voice}-${script}`].filter(Boolean).join(', '));
  const width = cardShape.width - (picture === null ? 0 : pictureWidth);
  const drawing = await satori(<CardFace card={card} palette={palette} families={families} width={width} />, {
    ...cardShape,
    fonts: faces.map(({ voice, script, bytes }) => ({
      name: `${voice}-${script}`,
      data: bytes,
      weight: 400,
      style: 'normal',
    })),
  });
  const layers = [{ input: Buffer.from(drawing), left: 0, top: 0 }];
  if (picture !== null) {
    const shape = { width: pictureWidth, height: cardShape.height };
    const input = await (await cropped(picture.bytes, shape, picture.focus)).png().toBuffer();
    layers.unshift({ input, left: width, top: 0 });
  }
  const ground = { ...cardShape, channels: 3 as const, background: palette.paper };
  // 256 colours: a third of the bytes, and messengers drop a card that comes too slowly.
  return await sharp({ create: ground })
    .composite(layers)
    .png({ palette: true, quality: 92, effort: 7 })
    .toBuffer();
}

type FaceProps = {
  readonly card: Card;
  readonly palette: Palette;
  readonly families: ReadonlyMap<Voice, string>;
  readonly width: number;
};

function CardFace({ card, palette, families, width }: FaceProps): ReactElement {
  const inner = width - padding * 2 - edge;
  const { lines, size } = headlineOf(card, inner);
  const strong = { fontFamily: families.get('strong') ?? '' };
  const text = { fontFamily: families.get('text') ?? '' };
  return (
    <div style={{ display: 'flex', width: '100%', height: '100%' }}>
      <div style={{ width: edge, height: '100%', backgroundColor: palette.accent }} />
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          width: width - edge,
          padding: `${padding - 6}px ${padding}px ${padding - 12}px`,
          color: palette.ink,
        }}
      >
        <div style={{ ...strong, fontSize: 27, color: palette.accent, lineHeight: 1.25 }}>{card.kicker}</div>
        <div
          style={{
            ...{ fontFamily: families.get('display') ?? '' },
            display: 'flex',
            flexDirection: 'column',
            fontSize: size,
            lineHeight: 0.94,
            marginTop: 18,
            marginBottom: 24,
          }}
        >
          {lines.map((line) => (
            <div key={line} style={{ whiteSpace: 'nowrap' }}>
              {line}
            </div>
          ))}
        </div>
        {card.mark === '' ? null : (
          <div style={{ display: 'flex', marginBottom: 18 }}>
            <div
              style={{
                ...strong,
                fontSize: 30,
                padding: '6px 18px 8px',
                backgroundColor: palette.accent,
                color: palette.onAccent,
              }}
            >
              {card.mark}
            </div>
          </div>
        )}
        {card.lines.map((line, at) => (
          <div
            key={line}
            style={{
              ...(at === 0 ? strong : text),
              fontSize: 32,
              lineHeight: 1.32,
              display: 'block',
              width: inner,
              lineClamp: 2,
            }}
          >
            {line}
          </div>
        ))}
        {card.text === '' ? null : (
          <div
            style={{
              ...text,
              fontSize: 30,
              lineHeight: 1.34,
              display: 'block',
              width: inner,
              lineClamp: textLines(size * lines.length),
            }}
          >
            {card.text}
          </div>
        )}
        <div style={{ ...strong, marginTop: 'auto', fontSize: 24, color: palette.quiet }}>{card.foot}</div>
      </div>
    </div>
  );
}

/** As large as the panel holds, broken evenly; a long title takes more lines first, then smaller letters. */
function headlineOf(
  { headline, lines: below, text }: Card,
  width: number,
): { lines: string[]; size: number } {
  const heightMax = below.length > 0 || text !== '' ? 250 : 380;
  const broken = titleLines(headline).map(({ words }) => words);
  const shown = broken.length > 4 ? [...broken.slice(0, 3), `${broken[3] ?? ''}…`] : broken;
  const widest = Math.max(...shown.map(displayWidth), 0.1);
  const size = Math.min(188, width / widest, heightMax / (shown.length * 0.94));
  return { lines: shown, size: Math.floor(size) };
}

/** In em, in the cut of 75 % width that cards are set in. */
function displayWidth(words: string): number {
  const narrow = narrowWidth(words);
  return narrow + (wideWidth(words) - narrow) * 0.22;
}

function textLines(headlineHeight: number): number {
  return Math.max(2, Math.min(6, Math.floor((400 - headlineHeight) / 40)));
}
