import { backupCommand } from './commands/backup.ts';
import { type Command, WrongUsage } from './commands/command.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { hostCommand } from './commands/host.ts';
import { importCommand } from './commands/import.ts';
import { pathWords } from './commands/path-words.ts';
import { prepareCommand } from './commands/prepare.ts';
import { refusalWords } from './commands/refusal-words.ts';
import { restoreCommand } from './commands/restore.ts';
import { startCommand } from './commands/start.ts';
import { FolderRefused } from './faces/folder/places.ts';
import { ConfigError } from './platform/config.ts';
import { programVersion } from './platform/program-version.ts';
import { Refusal } from './platform/refusal.ts';

const commands: readonly Command[] = [
  startCommand,
  importCommand,
  exportCommand,
  hostCommand,
  prepareCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  demoCommand,
];

process.exitCode = await main(process.argv.slice(2));

async function main([name = 'start', ...args]: string[]): Promise<number> {
  const named = (word: string | undefined) => commands.find((known) => known.name === word);
  if (name === '--version') {
    console.log(programVersion());
    return 0;
  }
  if (['--help', '-h', 'help'].includes(name)) {
    const about = named(args[0]);
    return about ? helpOf(about) : help();
  }
  const command = named(name);
  if (!command) {
    console.error(`There is no command "${name}".\n`);
    return help(2);
  }
  if (args.includes('--help') || args.includes('-h')) return helpOf(command);
  try {
    return await command.run(args);
  } catch (error) {
    return say(error, command);
  }
}

function say(error: unknown, command: Command): number {
  if (error instanceof WrongUsage || isParseError(error)) {
    console.error(`Usage: houselights ${command.name} ${command.usage}`);
    return 2;
  }
  if (error instanceof FolderRefused) console.error(`The folder was not imported:\n${error.message}`);
  else if (error instanceof Refusal) console.error(refusalWords(error));
  else if (error instanceof ConfigError) console.error(error.message);
  else console.error(pathWords(error) ?? wordsOf(error), process.env.DEBUG ? error : '');
  return 1;
}

function wordsOf(error: unknown): unknown {
  return error instanceof Error ? `${error.message}\n` : error;
}

function isParseError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function help(code = 0): number {
  const width = Math.max(...commands.map(({ name }) => name.length));
  console.log('houselights <command>\n');
  for (const { name, about } of commands) console.log(`  ${name.padEnd(width)}  ${about}`);
  console.log('\nhouselights <command> --help tells more.');
  return code;
}

function helpOf({ name, usage, about, help: more }: Command): number {
  console.log(`houselights ${name} ${usage}\n\n${about[0]?.toUpperCase()}${about.slice(1)}.\n\n${more}`);
  return 0;
}
