import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureModules, environment, projectNode, root } from './setup.mjs';

/** Runs one command of the program on the project's Node, and ends as it ends. */
export async function runProgram(args) {
  ensureModules();
  ensureBuild();
  const program = spawn(projectNode, ['--enable-source-maps', join(root, 'dist/server/main.js'), ...args], {
    env: environment(),
    stdio: 'inherit',
  });
  // The terminal signals the whole group, a supervisor only us; the program takes a second signal calmly.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => program.kill(signal));
  program.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGKILL' ? 137 : 1);
  });
}
