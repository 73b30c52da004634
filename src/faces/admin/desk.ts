import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Temporal } from 'temporal-polyfill';
import { may, type Permission, type Role } from '../../domain/people/index.ts';
import type { Actor } from '../../platform/audit/index.ts';
import { NotFound } from '../edge/not-found.ts';
import type { NodeEnv } from '../edge/visitor.ts';

/** Who sits at which film's desk: settled once per request, before any handler of the desk. */
export type Desk = {
  readonly person: { readonly id: string; readonly name: string; readonly address: string };
  readonly film: { readonly id: string; readonly slug: string; readonly title: string };
  readonly role: Role;
  /** What stands before every path of this desk: `/admin/films/union`. */
  readonly base: string;
  /** The path below `base` that is asked for: '/', '/inbox'. The rail marks it. */
  readonly path: string;
  readonly now: Temporal.Instant;
  /** The person as the audit log names them. */
  readonly actor: Actor;
  /** Whether this person is in the team of other films too. */
  readonly hasOtherFilms: boolean;
};

export type DeskEnv = NodeEnv & { Variables: { desk: Desk } };
export type DeskApp = Hono<DeskEnv>;
export type DeskContext = Context<DeskEnv>;

/** A middleware that carries the permission it asks for, so that a test can read every route's. */
export type Allowing = MiddlewareHandler<DeskEnv> & { readonly permission: Permission };

/**
 * Stands on the line above each handler: `desk.get('/inbox', allow('inbox.read'), …)`. To a role that may
 * not, the page does not exist, so that nobody learns what there is.
 */
export function allow(permission: Permission): Allowing {
  const check: MiddlewareHandler<DeskEnv> = async (c, next) => {
    if (!may(c.var.desk.role, permission)) throw new NotFound();
    await next();
  };
  return Object.assign(check, { permission });
}

/** An empty desk, to which the parts add their pages. */
export function newDesk(): DeskApp {
  return new Hono<DeskEnv>();
}
