import type { DeskContext } from './desk.ts';

/** Answers with a CSV file that is written while it is read, so that its length costs no memory. */
export function csvOf(
  c: DeskContext,
  name: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): Response {
  const { film, now } = c.var.desk;
  return c.body(streamOf(pieces), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${film.slug}-${name}-${now.toString().slice(0, 10)}.csv"`,
    'cache-control': 'no-store',
  });
}

async function* piecesOf(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

function streamOf(pieces: AsyncIterable<string> | Iterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const lines = piecesOf(pieces);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
