import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import decoderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Where the decoder stands, for whoever keeps it for later. */
export { decoderUrl };

// Our own copy: the library would ask a network of others for it.
prepareZXingModule({
  overrides: { locateFile: (path: string) => (path.endsWith('.wasm') ? decoderUrl : path) },
});

/** Wide enough for 41 modules at arm's length, small enough to be read ten times a second. */
const widthMax = 900;
const pauseMs = 90;
/** The same code held before the camera is one scan until it was away for so long. */
const awayMs = 2_500;

export type Camera = { stop(): void };

/**
 * Looks for QR codes in the camera's picture until it is stopped.
 * @throws where there is no camera, or nobody lets us
 */
export async function openCamera(video: HTMLVideoElement, onCode: (text: string) => void): Promise<Camera> {
  const picture = { facingMode: 'environment', width: { ideal: 1280 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: picture, audio: false });
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const seen = new Map<string, number>();
  let isOpen = true;
  const look = async (): Promise<void> => {
    if (!isOpen || pen === null) return;
    if (video.videoWidth > 0 && !document.hidden) {
      const scale = Math.min(1, widthMax / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      pen.drawImage(video, 0, 0, canvas.width, canvas.height);
      const image = pen.getImageData(0, 0, canvas.width, canvas.height);
      const found = await readBarcodes(image, { formats: ['QRCode'], maxNumberOfSymbols: 1 }).catch(() => []);
      for (const { text, isValid } of found) if (isValid) take(text, seen, onCode);
    }
    setTimeout(() => void look(), pauseMs);
  };
  void look();
  return {
    stop() {
      isOpen = false;
      for (const track of stream.getTracks()) track.stop();
      video.srcObject = null;
    },
  };
}

function take(text: string, seen: Map<string, number>, onCode: (text: string) => void): void {
  const now = performance.now();
  const isNew = now - (seen.get(text) ?? Number.NEGATIVE_INFINITY) > awayMs;
  seen.set(text, now);
  if (isNew) onCode(text);
}
