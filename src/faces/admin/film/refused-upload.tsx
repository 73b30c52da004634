import { Refusal } from '../../../platform/refusal.ts';
import { DeskPage } from '../../../ui/admin/index.ts';
import { answer } from '../answer.ts';
import type { DeskContext } from '../desk.ts';
import { fileWords } from './upload/file-words.ts';

/** The answer to a file that was refused while it came in, before its form was read to the end; else throws on. */
export function refusedUpload(c: DeskContext, error: unknown): Response {
  if (!(error instanceof Refusal) || !['file_too_large', 'storage_full'].includes(error.code)) throw error;
  const { desk } = c.var;
  const page = (
    <DeskPage
      desk={desk}
      title="This file was not kept"
      from={{ href: `${desk.base}/film`, label: 'The film' }}
    >
      <p>{fileWords(error)}</p>
      <p>Go back: what you typed is still there.</p>
    </DeskPage>
  );
  return answer(c, page, error.code === 'file_too_large' ? 413 : 409);
}
