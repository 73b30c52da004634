import type { ReactElement, ReactNode } from 'react';
import { may, type Permission, type Role } from '../../domain/people/roles.ts';
import { assets } from '../assets.ts';
import { DeskNotice, type NoticeWords } from './notice.tsx';

/** As much of a desk as its page shows. */
export type DeskPlace = {
  readonly film: { readonly slug: string; readonly title: string };
  readonly person: { readonly name: string };
  readonly role: Role;
  readonly base: string;
  readonly path: string;
  readonly hasOtherFilms: boolean;
};

type RailEntry = { readonly path: string; readonly label: string; readonly permission: Permission };
type RailTask = { readonly task: string | null; readonly entries: readonly RailEntry[] };

/** The rail, by task. A page is listed here once it exists. */
const rail: readonly RailTask[] = [
  { task: null, entries: [{ path: '/', label: 'Today', permission: 'today.read' }] },
  {
    task: 'Film',
    entries: [
      { path: '/film', label: 'The film', permission: 'film.read' },
      { path: '/screenings', label: 'Screenings', permission: 'screenings.read' },
    ],
  },
  {
    task: 'Box office',
    entries: [
      { path: '/box-office', label: 'Tickets', permission: 'boxoffice.read' },
      { path: '/door', label: 'Door', permission: 'door.read' },
      { path: '/orders', label: 'Orders', permission: 'orders.read' },
      { path: '/codes', label: 'Codes', permission: 'codes.read' },
      { path: '/sales', label: 'Reports', permission: 'sales.read' },
      { path: '/box-office-rules', label: 'Rules', permission: 'boxoffice.read' },
    ],
  },
  {
    task: 'People',
    entries: [
      { path: '/inbox', label: 'Inbox', permission: 'inbox.read' },
      { path: '/outbox', label: 'Outbox', permission: 'mail.read' },
      { path: '/team', label: 'Team', permission: 'team.read' },
    ],
  },
  {
    task: 'Money',
    entries: [
      { path: '/payments', label: 'Payments', permission: 'payments.read' },
      { path: '/fund', label: 'Solidarity fund', permission: 'fund.read' },
      { path: '/participants', label: 'Participants', permission: 'books.read' },
      { path: '/books', label: 'Books', permission: 'books.read' },
    ],
  },
  { task: 'Records', entries: [{ path: '/audit', label: 'Audit log', permission: 'audit.read' }] },
];

export type DeskPageProps = {
  readonly desk: DeskPlace;
  readonly title: string;
  /** A line under the title. */
  readonly about?: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly notice?: NoticeWords | null | undefined;
  /** The way up: where this page was opened from. */
  readonly from?: { readonly href: string; readonly label: string };
  /** Counts in the rail by path: `{'/inbox': 3}`. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly islands?: readonly string[];
  /** Uses the whole width: editors with a preview beside them. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** Every page of a film's desk: rail by task, the open film on top, what was just done, the page itself. */
export function DeskPage(props: DeskPageProps): ReactElement {
  const { desk, title, about, actions, notice, from, counts = {}, isWide = false, children } = props;
  return (
    <DeskDocument title={`${title} · ${desk.film.title}`} islands={props.islands}>
      <div className="desk">
        <a className="skip" href="#main">
          Skip to the page
        </a>
        <DeskTop desk={desk} counts={counts} />
        <nav className="desk-rail" aria-label="Tasks">
          <RailList desk={desk} counts={counts} />
        </nav>
        <main id="main" tabIndex={-1} className={isWide ? 'desk-main is-wide' : 'desk-main'}>
          {from === undefined ? null : (
            <a className="desk-from" href={from.href}>
              ← {from.label}
            </a>
          )}
          <header className="desk-head">
            <div>
              <h1>{title}</h1>
              {about === undefined ? null : <div className="desk-about">{about}</div>}
            </div>
            {actions === undefined ? null : <div className="button-row">{actions}</div>}
          </header>
          {notice ? <DeskNotice {...notice} /> : null}
          {children}
        </main>
      </div>
    </DeskDocument>
  );
}

type TopProps = { readonly desk: DeskPlace; readonly counts: Readonly<Record<string, number>> };

function DeskTop({ desk, counts }: TopProps): ReactElement {
  return (
    <header className="desk-top">
      <details className="desk-menu">
        <summary>Menu</summary>
        <nav aria-label="Tasks, as a menu">
          <RailList desk={desk} counts={counts} />
          <ul className="desk-rail-list is-person">
            <li>
              <a href="/admin/account">{desk.person.name}: account</a>
            </li>
          </ul>
        </nav>
      </details>
      <p className="desk-film">
        <a href={desk.base}>{desk.film.title}</a>
        {desk.hasOtherFilms ? (
          <a className="desk-other" href="/admin">
            Other films
          </a>
        ) : null}
      </p>
      <p className="desk-person">
        <a className="desk-site" href={`/films/${desk.film.slug}`}>
          See the site
        </a>
        <a className="desk-name" href="/admin/account">
          {desk.person.name}
        </a>
      </p>
      <form method="post" action="/admin/sign-out">
        <button type="submit" className="button-link">
          Sign out
        </button>
      </form>
    </header>
  );
}

function RailList({ desk, counts }: TopProps): ReactElement {
  return (
    <ul className="desk-rail-list">
      {rail.map(({ task, entries }) => {
        const open = entries.filter(({ permission }) => may(desk.role, permission));
        if (open.length === 0) return null;
        return (
          <li key={task ?? ''}>
            {task === null ? null : <p className="desk-task">{task}</p>}
            <ul>
              {open.map(({ path, label }) => (
                <li key={path}>
                  <a
                    href={path === '/' ? desk.base : desk.base + path}
                    aria-current={currentOf(desk.path, path)}
                  >
                    {label}
                    {counts[path] ? <span className="desk-count">{counts[path]}</span> : null}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

function currentOf(here: string, path: string): 'page' | 'true' | undefined {
  if (here === path) return 'page';
  return path !== '/' && here.startsWith(`${path}/`) ? 'true' : undefined;
}

/** A page of the admin outside a film: signing in, choosing a film, the account. */
export function PlainPage({
  title,
  about,
  notice,
  person,
  isWide = false,
  islands,
  children,
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly notice?: NoticeWords | null | undefined;
  /** Set where somebody is signed in: the top offers the way back and out. */
  readonly person?: { readonly name: string };
  readonly isWide?: boolean;
  readonly islands?: readonly string[];
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <DeskDocument title={`${title} · Houselights`} islands={islands}>
      <div className={isWide ? 'plain-desk is-wide' : 'plain-desk'}>
        <header className="plain-top">
          <p className="plain-mark">Houselights</p>
          {person === undefined ? null : (
            <>
              <a href="/admin">Films</a>
              <form method="post" action="/admin/sign-out">
                <button type="submit" className="button-link">
                  Sign out
                </button>
              </form>
            </>
          )}
        </header>
        <main id="main">
          <h1>{title}</h1>
          {about === undefined ? null : <div className="desk-about">{about}</div>}
          {notice ? <DeskNotice {...notice} /> : null}
          {children}
        </main>
      </div>
    </DeskDocument>
  );
}

function DeskDocument({
  title,
  islands = [],
  children,
}: {
  readonly title: string;
  readonly islands?: readonly string[] | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        {assets()
          .style('admin')
          .map((href) => (
            <link key={href} rel="stylesheet" href={href} />
          ))}
        {islands.map((name) => (
          <script key={name} type="module" src={assets().island(name)} />
        ))}
      </head>
      <body>{children}</body>
    </html>
  );
}
