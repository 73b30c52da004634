import type { ReactElement } from 'react';
import type { Screening } from '../../../domain/screenings/index.ts';
import { assets } from '../../../ui/assets.ts';
import { sayStart } from '../../../ui/dates.ts';
import { contentSecurityPolicy, securityHeaders } from '../../edge/security-headers.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import type { Desk, DeskContext } from '../desk.ts';
import { atDoor } from './door-place.ts';
import { placeName } from './pages.tsx';

/** On this page alone: the decoder of QR codes is WebAssembly, and the camera is the door's. */
const doorHeaders = {
  'content-security-policy': contentSecurityPolicy.replace(
    "script-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
  ),
  'permissions-policy': (securityHeaders['permissions-policy'] ?? '').replace('camera=()', 'camera=(self)'),
} as const;

/** The app at a door: a page that loads once and then needs no network. */
export async function answerApp(c: DeskContext, house: House): Promise<Response> {
  const screening = await atDoor(c, house, async (_, found) => found);
  const page = answer(c, <DoorApp desk={c.var.desk} screening={screening} />);
  for (const [name, value] of Object.entries(doorHeaders)) page.headers.set(name, value);
  return page;
}

/** What a phone needs to keep the app among its own. */
export async function appManifest(c: DeskContext, house: House): Promise<Response> {
  const screening = await atDoor(c, house, async (_, found) => found);
  const { base, film } = c.var.desk;
  const site = `/films/${film.slug}`;
  const manifest = {
    ...{ name: `Door: ${placeName(screening)}`, short_name: 'Door', lang: 'en', display: 'standalone' },
    ...{ id: `${base}/door/${screening.slug}`, start_url: `${base}/door/${screening.slug}` },
    ...{ scope: `${base}/door/`, background_color: '#17181a', theme_color: '#17181a' },
    icons: [
      { src: `${site}/favicon.svg`, sizes: 'any', type: 'image/svg+xml' },
      { src: `${site}/apple-touch-icon.png`, sizes: '180x180', type: 'image/png' },
    ],
  };
  return c.body(JSON.stringify(manifest), 200, {
    ...{ 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' },
  });
}

/** The worker's script stands here, because a worker rules what is below its own address and no more. */
export function workerScript(c: DeskContext): Response {
  return c.body(`importScripts(${JSON.stringify(assets().island('door-worker'))});\n`, 200, {
    ...{ 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

function DoorApp({ desk, screening }: { readonly desk: Desk; readonly screening: Screening }): ReactElement {
  const here = `${desk.base}/door/${screening.slug}`;
  const { css, script } = { css: assets().style('door'), script: assets().island('door') };
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{`Door: ${placeName(screening)} · ${desk.film.title}`}</title>
        {css.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        <link rel="manifest" href={`${here}/app.webmanifest`} crossOrigin="use-credentials" />
        <link rel="icon" href={`/films/${desk.film.slug}/favicon.svg`} type="image/svg+xml" />
        <script type="module" src={script} />
      </head>
      <body className="door">
        <header className="door-top">
          <a href={`${desk.base}/door`}>Doors</a>
          <div>
            <h1>{placeName(screening)}</h1>
            <p>{sayStart(screening, 'en')}</p>
          </div>
        </header>
        <main>
          <door-app
            data-here={here}
            data-scope={`${desk.base}/door/`}
            data-person={desk.person.name}
            data-screening={screening.id}
          >
            <p className="door-none">
              This page scans tickets with a script, which did not load. The{' '}
              <a href={`${here}/list.pdf`}>list on paper</a> does without.
            </p>
          </door-app>
        </main>
      </body>
    </html>
  );
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'door-app': React.HTMLAttributes<HTMLElement> & Readonly<Record<`data-${string}`, string>>;
    }
  }
}
