import { type Auth, dropStale, personByAddress } from '../../platform/auth/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { type Db, inInstallation } from '../../platform/database/database.ts';
import type { JobHandlers, Recurring } from '../../platform/jobs/worker.ts';
import type { MailTransport } from '../../platform/mail/deliver.ts';
import {
  dropOldInstallationMails,
  sendInstallationMail,
} from '../../platform/mail/send-installation-mail.ts';
import { writeInstallationMail } from '../../platform/mail/write-installation-mail.ts';
import { newId } from '../../platform/secrets.ts';
import { newPasswordLetter, signInLetter } from './links.ts';

/** What `openAuth` calls with the secret of a link: puts the mail with it into the installation's outbox. */
export function linkWriter(
  db: Db,
  clock: Clock,
  site: string,
): (kind: 'sign-in' | 'reset', to: string, secret: string) => Promise<void> {
  return async (kind, to, secret) => {
    await inInstallation(db, async (tx) => {
      const person = await personByAddress(tx, to);
      if (!person) return;
      const words = { name: person.name, site, secret };
      const bodies = kind === 'reset' ? newPasswordLetter(words) : signInLetter(words);
      await writeInstallationMail(tx, clock(), { key: `${kind}:${newId()}`, to: person.address, ...bodies });
    });
  };
}

export type PeopleJobs = {
  readonly db: Db;
  readonly clock: Clock;
  readonly auth: Auth;
  /** null: no SMTP is set; then `announce` is given the mail, for the terminal. */
  readonly transport: MailTransport | null;
  readonly announce: (words: string) => void;
};

/** The jobs of people: links that were asked for, the mails that carry them, hygiene. */
export function peopleJobs({ db, clock, auth, transport, announce }: PeopleJobs): JobHandlers {
  return {
    'write-sign-in-link': async ({ kind, address }) => {
      if ((kind === 'sign-in' || kind === 'reset') && typeof address === 'string')
        await auth.writeLink(kind, address);
    },
    'send-installation-mail': sendInstallationMail(db, clock, transport, announce),
    'sweep-people': () =>
      inInstallation(db, async (tx) => {
        await dropStale(tx, clock());
        await dropOldInstallationMails(tx, clock());
      }),
  };
}

export const peopleRecurring: readonly Recurring[] = [{ name: 'sweep-people', when: '17 4 * * *' }];
