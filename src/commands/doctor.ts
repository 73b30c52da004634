import { parseArgs } from 'node:util';
import { systemClock } from '../platform/clock.ts';
import { type Config, ConfigError, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { type HealthLine, health } from '../platform/health/index.ts';
import { lookAtNetwork } from '../platform/health/look-at-network.ts';
import { lookAtDatabase, lookAtDisk } from '../platform/health/look-closer.ts';
import { scrub } from '../platform/log.ts';
import { openStorage } from '../platform/storage/index.ts';
import { onBareGround } from './bare-ground.ts';
import { type Command, WrongUsage } from './command.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  usage: '[--json]',
  about: 'look at everything that the program stands on, and say what to do',
  help: `Nothing is changed; an embedded database that does not run is started for the while. Ends with 1 when something
is broken (✗), with 0 otherwise; what is only worth knowing (!) is no failure. It may be run beside the program
or without it, with the same settings.

  --json   for monitoring: [{"name", "state": "good" | "warn" | "bad", "words", "todo"}]`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 0) throw new WrongUsage();
    const lines = await examine(process.env, process.cwd());
    console.log(values.json ? JSON.stringify(lines, null, 2) : inWords(lines));
    return lines.some(({ state }) => state === 'bad') ? 1 : 0;
  },
};

/** Every organ, in the order in which one mends: settings, disk, database, then what needs them. */
export async function examine(environment: NodeJS.ProcessEnv, folder: string): Promise<HealthLine[]> {
  const config = settingsOf(environment, folder);
  if (Array.isArray(config)) return config;
  const settings: HealthLine = { name: 'Settings', state: 'good', words: 'All can be used.', todo: null };
  const disk = await lookAtDisk(config);
  const [database, network] = await Promise.all([examineDatabase(config), lookAtNetwork(config)]);
  return [settings, ...disk, ...database, ...network];
}

function settingsOf(environment: NodeJS.ProcessEnv, folder: string): Config | HealthLine[] {
  try {
    return readConfig(environment, folder);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const todo = 'Correct it where the program’s environment is set; docs/operating.md tells of each.';
    return error.problems.map((words) => ({ name: 'Settings', state: 'bad', words, todo }));
  }
}

async function examineDatabase(config: Config): Promise<HealthLine[]> {
  try {
    return await onBareGround(async ({ connection, embedded }) => {
      const { lines, isStarted } = await lookAtDatabase(connection, { embedded });
      // The other organs' states are kept in tables that are not there yet.
      if (!isStarted) return [...lines];
      const database = await openDatabase(connection, { embedded, sessionsMax: 3 });
      try {
        const patient = { config, database, storage: openStorage(config) };
        return [...lines, ...(await health(patient, systemClock()))];
      } finally {
        await database.close();
      }
    }, config);
  } catch (error) {
    const words = scrub(error instanceof Error ? error.message : String(error));
    const todo =
      'Until it runs nothing else can be looked at. Read the message; docs/operating.md knows more.';
    return [{ name: 'Database server', state: 'bad', words, todo }];
  }
}

const marks = { good: '✓', warn: '!', bad: '✗' } as const;
const said = { good: 'good', warn: 'look at this', bad: 'broken' } as const;

/** One line an organ, and what to do below it. */
export function inWords(lines: readonly HealthLine[]): string {
  const width = Math.max(...lines.map(({ name }) => name.length));
  const shown = lines.map(({ name, state, words, todo }) => {
    const line = `${marks[state]} ${name.padEnd(width)}  ${state === 'good' ? '' : `${said[state]}: `}${words}`;
    return todo === null ? line : `${line}\n  ${' '.repeat(width)}  → ${todo}`;
  });
  const count = (state: HealthLine['state']): number => lines.filter((line) => line.state === state).length;
  return [...shown, '', `${count('good')} good, ${count('warn')} to look at, ${count('bad')} broken`].join(
    '\n',
  );
}
