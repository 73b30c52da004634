import type { PublicFile } from '../answer.tsx';
import type { PageModel } from '../model.ts';

/** How long a security note holds, and when it is written anew: RFC 9116 advises less than a year. */
const noteDays = 180;
const renewDays = 30;

/** What crawlers may read: everything that is public. */
export function robotsTxt({ origin, canonicalBase }: PageModel): PublicFile {
  const kept = ['/admin', '/preview'].map((path) => `Disallow: ${path}`);
  const lines = ['User-agent: *', ...kept, '', `Sitemap: ${origin}${canonicalBase}/sitemap.xml`, ''];
  return { contentType: 'text/plain; charset=utf-8', body: lines.join('\n') };
}

/** Whom to tell of a hole (RFC 9116); null where the film names nobody for it. */
export function securityTxt({ document, origin, canonicalBase, now }: PageModel): PublicFile | null {
  const address = document.contact?.addresses?.security;
  if (address === undefined) return null;
  const expires = now.add({ hours: noteDays * 24 }).round('hour');
  const lines = [
    `Contact: mailto:${address}`,
    `Expires: ${expires}`,
    `Preferred-Languages: ${document.film.site_languages.join(', ')}`,
    `Canonical: ${origin}${canonicalBase}/.well-known/security.txt`,
    '',
  ];
  return {
    contentType: 'text/plain; charset=utf-8',
    body: lines.join('\n'),
    trueUntil: now.add({ hours: renewDays * 24 }),
  };
}
