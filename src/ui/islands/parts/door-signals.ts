import type { Light } from '../../../domain/boxoffice/door-rules.ts';

// One tone up, two even, one long and low: told apart by ear in a loud foyer, and by hand in a quiet one.
const tones: Readonly<Record<Light, readonly (readonly [hertz: number, seconds: number])[]>> = {
  green: [[1_320, 0.12]],
  amber: [
    [660, 0.12],
    [660, 0.12],
  ],
  red: [[196, 0.45]],
};
const shakes: Readonly<Record<Light, readonly number[]>> = { green: [60], amber: [60, 80, 60], red: [400] };

let audio: AudioContext | null = null;

/** Browsers let a page sound only after somebody touched it. */
export function allowSound(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

/** Sounds and shakes for a light, where the device can. */
export function signal(light: Light): void {
  navigator.vibrate?.([...shakes[light]]);
  if (audio === null || audio.state !== 'running') return;
  let at = audio.currentTime;
  for (const [hertz, seconds] of tones[light]) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + 0.06;
  }
}
