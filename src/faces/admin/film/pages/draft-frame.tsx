import type { ReactElement } from 'react';
import { pagePath } from '../../../../ui/paths.ts';
import { draftPath } from '../shown-at.ts';
import { languageName } from './text-inputs.tsx';

const frameName = 'film-draft';

/**
 * The draft's own page beside the form that changes it, where the window is wide enough; elsewhere the draft's bar
 * has the way there. Every save opens the editor's page anew, and this with it.
 */
export function DraftFrame({
  base,
  languages,
  shownAt,
}: {
  readonly base: string;
  readonly languages: readonly string[];
  readonly shownAt: string;
}): ReactElement {
  const [defaultLanguage = 'en'] = languages;
  const addressIn = (language: string): string =>
    pagePath({ base: base + draftPath, language, defaultLanguage }, shownAt);
  return (
    <aside className="film-frame" aria-labelledby="film-frame-title">
      <div className="film-frame-head">
        <h2 id="film-frame-title">The draft’s page</h2>
        {languages.length < 2 ? null : (
          <ul aria-label="Languages of the draft’s page">
            {languages.map((language) => (
              <li key={language}>
                <a href={addressIn(language)} target={frameName}>
                  {languageName(language)}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
      {/* Lazy, so that a phone, which does not show it, does not load it. */}
      <iframe name={frameName} title="The draft’s page" src={addressIn(defaultLanguage)} loading="lazy" />
    </aside>
  );
}
