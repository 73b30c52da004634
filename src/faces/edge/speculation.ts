import type { Hono } from 'hono';
import type { NodeEnv } from './visitor.ts';

/** Where browsers that read ahead find what they may read ahead. */
const rulesPath = '/speculation-rules.json';

/** Sent with every public page. A header, because our pages carry no inline script. */
export const speculationHeader: Readonly<Record<string, string>> = { 'speculation-rules': `"${rulesPath}"` };

// A page that a pointer rests on is rendered ahead; never the desk, a secret link or a file.
const rules = {
  prerender: [
    {
      where: {
        and: [
          { href_matches: '/*' },
          { not: { href_matches: '/admin*' } },
          { not: { href_matches: '*/preview/*' } },
          { not: { href_matches: '*/newsletter/*' } },
          // Made for one visitor each time: a list has a hundred such buttons to rest on.
          { not: { href_matches: '*/screenings/*/tickets' } },
          { not: { href_matches: '*/screenings/*/waitlist' } },
          { not: { href_matches: '*.*' } },
        ],
      },
      eagerness: 'moderate',
    },
  ],
};

export function addSpeculationRules(app: Hono<NodeEnv>): void {
  const body = JSON.stringify(rules);
  app.get(rulesPath, (c) =>
    c.body(body, 200, {
      'content-type': 'application/speculationrules+json',
      'cache-control': 'public, max-age=86400',
    }),
  );
}
