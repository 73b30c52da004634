import { Logger } from 'graphile-worker';

/** The queue's own log lines repeat what we log at our edge, and carry payloads; they are dropped. */
export const quietLogger: Logger = new Logger(() => () => {});
