import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import type { HealthLine } from './index.ts';

type NetworkConfig = Pick<Config, 'host' | 'port' | 'publicUrl' | 'proxies' | 'role'>;

const askMs = 5_000;

/** The header in which /health tells a caller by which address the program knows it. */
export const seenAddressHeader = 'x-your-address';

/** Who can reach the program, whether it is there, and what proxies make of it on the way. */
export async function lookAtNetwork(config: NetworkConfig): Promise<HealthLine[]> {
  if (config.role === 'worker') return [bindLine(config)];
  const port = await portLine(config);
  return [port, bindLine(config), await publicLine(config, port.words.includes('runs'))];
}

async function portLine({ host, port }: NetworkConfig): Promise<HealthLine> {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  const name = 'Port';
  if ((await ask(`http://${local}:${port}`)) !== null)
    return { name, state: 'good', words: `The program runs at port ${port}.`, todo: null };
  if (await isFree(port, host))
    return { name, state: 'good', words: `Port ${port} is free; the program does not run now.`, todo: null };
  return {
    name,
    state: 'bad',
    words: `Port ${port} is taken by something else.`,
    todo: 'Set PORT to another one, or stop what holds it (ss -ltnp).',
  };
}

/** S20: what listens to everybody must be meant for everybody. */
function bindLine({ host, publicUrl }: NetworkConfig): HealthLine {
  const name = 'Bound to';
  if (/^(127\.|localhost$|::1$)/.test(host))
    return { name, state: 'good', words: `${host}: only this machine can speak to the program.`, todo: null };
  const isOpen = host === '0.0.0.0' || host === '::';
  const words = `${host}: ${isOpen ? 'everybody who reaches this machine' : 'that network'} can speak to the program without TLS.`;
  const todo = publicUrl.startsWith('https:')
    ? 'If the proxy is on this machine, unset HOST, so that nobody gets around it; in a container it is as it should be.'
    : 'Unset HOST and put a proxy with TLS in front (docs/operating.md). Docker opens ports past a firewall.';
  return { name, state: 'warn', words, todo };
}

async function publicLine({ publicUrl, proxies }: NetworkConfig, isRunning: boolean): Promise<HealthLine> {
  const name = 'Public address';
  const answer = await ask(publicUrl);
  if (answer === null) {
    const todo = 'Look at PUBLIC_URL, at the name’s DNS, and at the proxy in front.';
    if (!isRunning)
      return {
        name,
        state: 'warn',
        words: `${publicUrl} was not tried: the program does not run.`,
        todo: 'Start it.',
      };
    return { name, state: 'bad', words: `${publicUrl} does not lead to the program.`, todo };
  }
  const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(publicUrl).host);
  if (answer.seen !== null && !isLocal && isInside(answer.seen) && proxies === 0)
    return {
      name,
      state: 'warn',
      words: `${publicUrl} leads here, and every visitor seems to come from ${answer.seen}: that is a proxy.`,
      todo: 'Set PROXIES to the number of proxies in front, or one visitor’s limit is everybody’s.',
    };
  if (isLocal && publicUrl.startsWith('http:'))
    return { name, state: 'good', words: `${publicUrl} leads here; others cannot reach it.`, todo: null };
  const seen = answer.seen === null ? '' : ` and sees this machine as ${answer.seen}`;
  return { name, state: 'good', words: `${publicUrl} leads here${seen}.`, todo: null };
}

async function ask(origin: string): Promise<{ readonly seen: string | null } | null> {
  try {
    const response = await fetch(`${origin}/health`, {
      signal: AbortSignal.timeout(askMs),
      redirect: 'error',
    });
    const isOurs = response.ok && (await response.text()).trim() === 'ok';
    return isOurs ? { seen: response.headers.get(seenAddressHeader) } : null;
  } catch {
    return null;
  }
}

function isInside(address: string): boolean {
  return /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^(::1$|f[cd])/i.test(address);
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, host, () => server.close(() => done(true)));
  });
}
