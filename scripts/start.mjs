// `npm start`: sets up what is missing, then runs the program until it is stopped.
import { runProgram } from './program.mjs';

await runProgram(['start', ...process.argv.slice(2)]);
