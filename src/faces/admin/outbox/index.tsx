import { z } from 'zod';
import { isDemoFilm } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { retryMail } from '../../../platform/mail/mails.ts';
import { outboxPage, outboxViews, type WholeMail, wholeMail } from '../../../platform/mail/outbox.ts';
import { type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { MailPage, OutboxPage } from './pages.tsx';

const outboxQuery = z.object({
  view: z.enum(outboxViews).default('all'),
  search: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u)
    .default(''),
  before: z.union([z.literal(''), z.uuid()]).default(''),
});
const sayings: Sayings = { retried: { tone: 'good', words: 'The mail goes out again.' } };

// Nothing of a mail may run, load or lead away from here; its own styles may stand, because they reach nothing.
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The film's mails. Mails that sign people in are not among them. */
export function addOutboxDesk(desk: DeskApp, house: House): void {
  desk.get('/outbox', allow('mail.read'), async (c) => {
    const query = outboxQuery.safeParse(c.req.query());
    if (!query.success) throw new BadRequest();
    const { film, now } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => ({
      ...(await outboxPage(tx, film.id, now, query.data)),
      isDemo: await isDemoFilm(tx, film.id),
    }));
    const hasServer = house.config.smtpUrl !== null;
    return answer(
      c,
      <OutboxPage desk={c.var.desk} {...{ ...found, ...query.data, hasServer, notice: null }} />,
    );
  });
  desk.get('/outbox/:id', allow('mail.read'), async (c) =>
    answer(
      c,
      <MailPage desk={c.var.desk} mail={await mailOf(c, house)} notice={sayingOf(c.req.url, sayings)} />,
    ),
  );
  desk.get('/outbox/:id/html', allow('mail.read'), async (c) => {
    const { html } = await mailOf(c, house);
    return c.body(html, 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': mailPolicy,
    });
  });
  desk.post('/outbox/:id/retry', allow('mail.retry'), async (c) => {
    await readForm(c, noFields);
    const { id } = await mailOf(c, house);
    const { film, now, actor, base } = c.var.desk;
    await inFilm(house.db, film.id, (tx) => retryMail(tx, film.id, now, actor, id));
    return leadTo(c, `${base}/outbox/${id}`, 'retried');
  });
}

async function mailOf(c: DeskContext, house: House): Promise<WholeMail> {
  const id = c.req.param('id') ?? '';
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const { film, now } = c.var.desk;
  const mail = await inFilm(house.db, film.id, (tx) => wholeMail(tx, film.id, now, id));
  if (!mail) throw new NotFound();
  // Without a server this page is how the mail reaches anybody; with one, only its reader may say yes.
  return house.config.smtpUrl === null ? mail : withoutConfirmation(mail);
}

/** The mail as it was written, without the link by which its reader alone confirms a consent. */
function withoutConfirmation(mail: WholeMail): WholeMail {
  const masked = (body: string): string => body.replace(/(\/newsletter\/confirm\/)[\w-]+/g, '$1…');
  return { ...mail, text: masked(mail.text), html: masked(mail.html) };
}
