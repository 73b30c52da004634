import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programRoot } from './root.ts';

/** This program's version, as its package names it. */
export function programVersion(): string {
  const { version } = JSON.parse(readFileSync(join(programRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
