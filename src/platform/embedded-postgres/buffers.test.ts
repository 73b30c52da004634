import { expect, it } from 'vitest';
import { bufferMebibytes } from './buffers.ts';

it('are a thirty-second of the memory, within bounds', () => {
  const gibibytes = [0.5, 1, 2, 3, 4, 8, 24].map((each) => bufferMebibytes(each * 1024 ** 3));
  expect(gibibytes).toEqual([64, 64, 64, 96, 128, 128, 128]);
});
