import type { ReactElement } from 'react';
import { Facts, When } from '../../../ui/admin/index.ts';
import type { InquiryPageProps } from './inquiry-page.tsx';

const stepWords = { asked: 'asked for it', given: 'confirmed', withdrawn: 'stopped it' } as const;

/** What is known about an inquiry beside its words. */
export function AboutInquiry({ desk, inquiry, consents }: InquiryPageProps): ReactElement {
  const last = consents.at(-1);
  return (
    <section aria-labelledby="about">
      <h2 id="about">About it</h2>
      <Facts
        facts={[
          ['Number', inquiry.code],
          ['Language', inquiry.language],
          ['Sent from', inquiry.page],
          [
            'Newsletter',
            last === undefined ? (
              'Never asked for it'
            ) : (
              <>
                {stepWords[last.step]} <When at={last.at} now={desk.now} />
              </>
            ),
          ],
        ]}
      />
    </section>
  );
}
