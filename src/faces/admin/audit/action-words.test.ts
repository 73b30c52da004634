import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programRoot } from '../../../platform/root.ts';
import { actionWords } from './action-words.ts';

const source = join(programRoot, 'src');
const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .filter((text) => text.includes('recordAudit('));

it('says everything that the program writes into the log in words of its own', () => {
  const actions = texts.flatMap((text) =>
    [...text.matchAll(/(?:action: '([a-z]+\.[a-z_-]+)'|, '([a-z]+\.[a-z_-]+)'\);)/g)].map(
      ([, written, passedOn]) => written ?? passedOn ?? '',
    ),
  );
  expect(actions.length).toBeGreaterThan(18);
  expect(actions.filter((action) => /^[A-Z][a-z]+: /.test(actionWords(action)))).toEqual([]);
});
