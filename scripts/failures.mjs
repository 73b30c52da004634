// `npm run failures`: which of docs/failures.md's IDs have a test, and which have none yet.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Every failure that is known, in the order of the paper. */
function knownFailures() {
  const paper = readFileSync(join(root, 'docs/failures.md'), 'utf8');
  const rows = paper.matchAll(/^\| ([A-GS]\d{1,2}) \| (.+?) \| (.+?) \|$/gm);
  return [...rows].map(([, id, words, owed]) => ({ id, words, owed }));
}

/** The IDs at the beginning of the tests' names, each with how many names carry it. */
function testedIds() {
  const counts = new Map();
  for (const folder of ['src', 'tests']) {
    for (const name of readdirSync(join(root, folder), { recursive: true })) {
      if (!/\.test\.tsx?$/.test(name)) continue;
      const text = readFileSync(join(root, folder, name), 'utf8');
      for (const [, ids] of text.matchAll(/['"`]((?:[A-GS]\d{1,2} )+)\S/g)) {
        for (const id of ids.trim().split(' ')) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
    }
  }
  return counts;
}

const known = knownFailures();
const tested = testedIds();
const has = ({ id }) => tested.has(id);
const line = ({ id, words }) => `  ${id.padEnd(4)} ${words}`;

console.log(`With a test: ${known.filter(has).length}`);
for (const failure of known.filter(has)) {
  const names = tested.get(failure.id);
  console.log(`${line(failure)} (${names === 1 ? 'one name' : `${names} names`})`);
}
console.log(`\nNone yet: ${known.filter((failure) => !has(failure)).length}`);
for (const failure of known) if (!has(failure)) console.log(`${line(failure)} (owed: ${failure.owed})`);

const owed = known.filter((failure) => failure.owed === 'now' && !has(failure)).map(({ id }) => id);
const unknown = [...tested.keys()].filter((id) => !known.some((failure) => failure.id === id));
if (owed.length > 0) console.log(`\nOwed now, and missing: ${owed.join(', ')}`);
if (unknown.length > 0) console.log(`\nIn a test's name, and not in docs/failures.md: ${unknown.join(', ')}`);
process.exitCode = owed.length + unknown.length > 0 ? 1 : 0;
