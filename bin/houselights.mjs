#!/usr/bin/env node
// The command line: bin/houselights.mjs --help
import { runProgram } from '../scripts/program.mjs';

await runProgram(process.argv.slice(2));
