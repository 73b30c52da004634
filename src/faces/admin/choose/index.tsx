import type { Hono } from 'hono';
import type { ReactElement } from 'react';
import { latestRevision } from '../../../domain/film/index.ts';
import { type FilmOfPerson, filmsOfPerson } from '../../../domain/people/index.ts';
import { inFilm, inInstallation } from '../../../platform/database/database.ts';
import { EmptyState, PlainPage, type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import { roleWords } from '../../../ui/admin/role-words.ts';
import type { NodeEnv } from '../../edge/visitor.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { inItsLanguage } from '../film-desk.ts';
import { signInPath } from '../who.ts';

type Choice = FilmOfPerson & { readonly title: string };

const sayings: Sayings = {
  welcome: { tone: 'good', words: 'You are the owner. Everything is yours to change.' },
};

/** The films that somebody works on; with one there is nothing to choose. */
export function addChooseRoutes(app: Hono<NodeEnv>, house: House): void {
  app.get('/admin', async (c) => {
    const signedIn = await house.auth.whoIs(c.req.raw.headers);
    if (!signedIn) return c.redirect(signInPath(c), 303);
    const films = await inInstallation(house.db, (tx) => filmsOfPerson(tx, signedIn.personId));
    const [only] = films;
    if (only && films.length === 1) return leadTo(c, `/admin/films/${only.slug}`, c.req.query('said'));
    const choices = await Promise.all(films.map((film) => titled(house, film)));
    return answer(
      c,
      <PlainPage title="Your films" person={signedIn} notice={sayingOf(c.req.url, sayings)}>
        {choices.length === 0 ? <NoFilms /> : <Films choices={choices} />}
        <p className="plain-foot">
          You are signed in as {signedIn.name}. <a href="/admin/account">Your account</a>
        </p>
      </PlainPage>,
    );
  });
}

async function titled(house: House, film: FilmOfPerson): Promise<Choice> {
  const revision = await inFilm(house.db, film.filmId, (tx) => latestRevision(tx, film.filmId));
  return { ...film, title: inItsLanguage(revision?.document, film.slug) };
}

function Films({ choices }: { readonly choices: readonly Choice[] }): ReactElement {
  return (
    <ul className="film-choices">
      {choices.map(({ filmId, slug, title, role }) => (
        <li key={filmId}>
          <a href={`/admin/films/${slug}`}>
            <span className="film-choice-title">{title}</span>
            <span className="quiet">{roleWords[role].name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function NoFilms(): ReactElement {
  return (
    <EmptyState title="You are in no film’s team.">
      <p>Ask an owner of the film for an invitation to the address that you sign in with.</p>
    </EmptyState>
  );
}
