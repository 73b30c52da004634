import type { ReactElement } from 'react';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import { originalPath } from '../../../domain/film/pictures.ts';
import { Icon, type IconName } from '../../../ui/components/icon.tsx';
import { Markdown } from '../../../ui/components/markdown.tsx';
import { sayLooseDate } from '../../../ui/dates.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { say } from './site-page.tsx';

type TakeAction = NonNullable<FilmDocument['take_action']>;
type Figure = NonNullable<TakeAction['figures']>[number];
type Action = NonNullable<TakeAction['actions']>[number];

/** The introduction, the figures with their sources, and what a visitor can do. */
export function TakeAction({
  model,
  headingsFrom = 3,
}: {
  model: PageModel;
  headingsFrom?: number;
}): ReactElement {
  const { introduction, figures = [], actions = [] } = model.document.take_action ?? {};
  return (
    <div className="act">
      {figures.length === 0 ? null : (
        <ul className="figures">
          {figures.map((figure, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once
            <FigureItem key={at} model={model} item={figure} />
          ))}
        </ul>
      )}
      <div className="act-words">
        <Markdown text={say(model, introduction)} headingsFrom={headingsFrom} />
        {actions.length === 0 ? null : (
          <ul className="actions">
            {actions.map((action) => (
              <ActionItem key={action.url} model={model} action={action} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function FigureItem({ model, item }: { readonly model: PageModel; readonly item: Figure }): ReactElement {
  const { site } = words(model.language);
  const { name, url, date } = item.source;
  const { figure, unit } = splitFigure(say(model, item.value));
  const source = [say(model, name), date === undefined ? '' : sayLooseDate(date, model.language)]
    .filter((part) => part !== '')
    .join(', ');
  return (
    <li className="figure">
      <p className={`figure-value figure-${figure.length > 4 ? 'long' : 'short'}`}>
        {figure} {unit === '' ? null : <small>{unit}</small>}
      </p>
      <p className="figure-label">{say(model, item.label)}</p>
      <p className="figure-source">
        {site.act.source}:{' '}
        {url === undefined ? (
          source
        ) : (
          <a href={url} rel="noopener">
            {source}
          </a>
        )}
      </p>
    </li>
  );
}

/** `1.5 million` is a figure and its unit; `150%` and `one in ten` are figures alone. */
export function splitFigure(value: string): { readonly figure: string; readonly unit: string } {
  const [, figure = value, unit = ''] = /^([^\p{L}\s]+)\s+(\p{L}.*)$/u.exec(value.trim()) ?? [];
  return { figure, unit };
}

function iconOf({ kind, url }: Action): IconName {
  if (kind === 'download') return 'download';
  return url.startsWith('mailto:') ? 'mail' : 'elsewhere';
}

function ActionItem({ model, action }: { readonly model: PageModel; readonly action: Action }): ReactElement {
  const { site } = words(model.language);
  const file = model.files.get(action.url);
  const href = file === undefined ? action.url : model.base + originalPath(file);
  const about = say(model, action.about);
  return (
    <li>
      <a
        className="action"
        href={href}
        rel="noopener"
        download={action.kind === 'download' && file ? '' : undefined}
      >
        <span className="action-kind">{site.act.kinds[action.kind]}</span>
        <span className="action-label">{say(model, action.label)}</span>
        {about === '' ? null : <span className="action-about">{about}</span>}
        <Icon name={iconOf(action)} />
      </a>
    </li>
  );
}
