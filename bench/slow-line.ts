// A slow phone line in front of a server on this machine, where the kernel cannot play one (no netem): what
// Lighthouse calls slow 4G, https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
import { connect, createServer, type Server, type Socket } from 'node:net';

const roundTripMs = 150;
const bytesPerSecond = (1_638.4 * 1_000) / 8;
const segmentBytes = 1_460;
/** RFC 6928: a connection may have ten segments on their way before the first is acknowledged. */
const segmentsAtFirst = 10;

/** One connection's way to the phone: what waits, what is on its way, and how much may be (slow start, no loss). */
type Lane = {
  readonly phone: Socket;
  readonly waiting: Buffer[];
  inFlight: number;
  window: number;
  hasEnded: boolean;
};

/** Listens at `port` and passes on to `target`, both on loopback, as slowly as the line is. */
export async function openSlowLine(port: number, target: number): Promise<{ close(): Promise<void> }> {
  const lanes = new Set<Lane>();
  const link = openLink(lanes);
  const server = createServer((phone) => {
    const lane: Lane = { phone, waiting: [], inFlight: 0, window: segmentsAtFirst, hasEnded: false };
    lanes.add(lane);
    const origin = connect(target, '127.0.0.1');
    // Loopback shakes hands at once; the line takes a round trip for it, and half of one for what is asked.
    const openAt = performance.now() + roundTripMs;
    phone.on('data', (chunk) => {
      const arrivesMs = Math.max(0, openAt - performance.now()) + roundTripMs / 2;
      setTimeout(() => origin.writable && origin.write(chunk), arrivesMs);
    });
    origin.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += segmentBytes)
        lane.waiting.push(chunk.subarray(at, at + segmentBytes));
      link.wake();
    });
    origin.on('end', () => {
      lane.hasEnded = true;
      link.wake();
    });
    phone.on('close', () => {
      lanes.delete(lane);
      origin.destroy();
    });
    for (const socket of [phone, origin]) socket.on('error', () => socket.destroy());
  });
  await listening(server, port);
  return {
    async close() {
      link.close();
      for (const { phone } of lanes) phone.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** The line that all connections share: one segment after another, a turn for each. */
function openLink(lanes: ReadonlySet<Lane>): { wake(): void; close(): void } {
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let turn = 0;
  const send = (): void => {
    timer = undefined;
    const now = performance.now();
    while (freeAt <= now) {
      const lane = next();
      if (!lane) return;
      const segment = lane.waiting.shift() ?? Buffer.alloc(0);
      freeAt = Math.max(freeAt, now) + (segment.length / bytesPerSecond) * 1_000;
      lane.inFlight += 1;
      setTimeout(() => lane.phone.writable && lane.phone.write(segment), roundTripMs / 2);
      setTimeout(() => acknowledge(lane), roundTripMs);
    }
    wake();
  };
  const next = (): Lane | undefined => {
    const ready = [...lanes].filter(
      ({ waiting, inFlight, window }) => waiting.length > 0 && inFlight < window,
    );
    turn += 1;
    return ready[turn % Math.max(1, ready.length)];
  };
  const acknowledge = (lane: Lane): void => {
    lane.inFlight -= 1;
    lane.window += 1;
    if (lane.hasEnded && lane.waiting.length === 0 && lane.inFlight === 0) lane.phone.end();
    wake();
  };
  const wake = (): void => {
    timer ??= setTimeout(send, Math.max(0, freeAt - performance.now()));
  };
  return { wake, close: () => clearTimeout(timer) };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
}
