/** One answer of a crawl. */
export type Crawled = {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Where the first link to it stands. */
  readonly from: string;
};

const pagesMax = 2_000;

/**
 * Follows every link, picture, stylesheet and feed of a site from `starts` on, within the site. Pages are read as
 * text; other files are asked for and not read.
 */
export async function crawl(
  url: string,
  starts: readonly string[],
  {
    headers = {},
    mayFollow = () => true,
    ask = (path) => fetch(url + path, { headers, redirect: 'manual' }),
  }: {
    headers?: Record<string, string>;
    mayFollow?: (path: string) => boolean;
    ask?: (path: string) => Promise<Response>;
  } = {},
): Promise<Crawled[]> {
  const seen = new Map<string, string>(starts.map((start) => [start, '']));
  const found: Crawled[] = [];
  for (const [path, from] of seen) {
    if (seen.size > pagesMax)
      throw new Error(`more than ${pagesMax} addresses: the site links to itself without end`);
    const answer = await ask(path);
    const type = answer.headers.get('content-type') ?? '';
    const isText = /html|css|xml|json|calendar|plain/.test(type);
    const body = isText ? await answer.text() : '';
    if (!isText) await answer.arrayBuffer();
    found.push({ path, status: answer.status, type, body, from });
    const location = answer.headers.get('location');
    const next = type.includes('html') ? linksOf(body) : [];
    for (const link of location === null ? next : [...next, location]) {
      const target = new URL(unescapeHtml(link), url + path);
      const address = target.pathname + target.search;
      if (target.origin === url && !seen.has(address) && mayFollow(address)) seen.set(address, path);
    }
  }
  return found;
}

function* linksOf(page: string): Generator<string> {
  // What a form sends is no page to be read.
  const html = page.replace(/<form\b[^>]*method="post"[^>]*>/g, '');
  for (const [, , value = ''] of html.matchAll(/\s(href|src|action|poster)="([^"]*)"/g)) yield value;
  for (const [, value = ''] of html.matchAll(/\s(?:srcset|srcSet|imagesrcset|imageSrcSet)="([^"]*)"/g)) {
    for (const part of value.split(',')) yield part.trim().split(/\s+/)[0] ?? '';
  }
}

function unescapeHtml(value: string): string {
  return value.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"');
}
