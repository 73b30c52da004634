import type { ReactElement } from 'react';
import { originalPath, renderingPath, widthsOf } from '../../../domain/film/pictures.ts';
import { nameOfLanguage } from '../../../ui/components/bar.tsx';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Picture } from '../../../ui/components/picture.tsx';
import { formPath } from '../../../ui/paths.ts';
import { fitClass, titleLines } from '../../../ui/title-fit.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { factsLine } from './facts.tsx';
import { pathTo, say } from './site-page.tsx';

// On a phone the picture is cropped from its sides, so it is drawn wider than the window.
const heroSizes = '(min-width: 56rem) 65vw, 130vw';

/** Title, logline, what to do; over the hero picture, or as a poster of type where there is none. */
export function Hero({ model }: { readonly model: PageModel }): ReactElement {
  const { film } = model.document;
  const { site } = words(model.language);
  const file = film.hero === undefined ? undefined : model.files.get(film.hero.image);
  const credit = say(model, film.hero?.credit);
  const logline = say(model, film.logline);
  const trailerIsElsewhere = film.trailer !== undefined && 'url' in film.trailer;
  return (
    <div className={file === undefined ? 'hero hero-type' : 'hero'}>
      <PosterTitle title={say(model, film.title)} />
      {film.hero === undefined || file === undefined ? null : (
        <figure className="hero-picture">
          <Picture file={file} base={model.base} alt={say(model, film.hero.alt)} sizes={heroSizes} isFirst />
          {credit === '' ? null : <figcaption>{credit}</figcaption>}
        </figure>
      )}
      <div className="hero-words">
        {logline === '' ? null : <p className="hero-logline">{logline}</p>}
        <div className="hero-doors" id={trailerIsElsewhere ? 'watch' : undefined}>
          {film.trailer === undefined ? null : (
            <ButtonLink href={'url' in film.trailer ? film.trailer.url : '#watch'} icon="play">
              {site.hero.trailer}
            </ButtonLink>
          )}
          <ButtonLink
            href={pathTo(model, '/screenings')}
            look={film.trailer === undefined ? 'solid' : 'outline'}
          >
            {site.hero.seeIt}
          </ButtonLink>
          <ButtonLink href={pathTo(model, formPath('host'))} look="outline">
            {site.hero.host}
          </ButtonLink>
        </div>
      </div>
      <p className="hero-facts">{factsLine(model).join(' · ')}</p>
    </div>
  );
}

/** The film's title as large as the page is wide. */
function PosterTitle({ title }: { readonly title: string }): ReactElement {
  const lines = titleLines(title);
  const hangs = lines.slice(0, -1).some(({ words: line }) => /[gjpqyçÇ,;Q]/.test(line));
  return (
    <h1 className={hangs ? 'title title-hangs' : 'title'}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a title may be equal and never move
        <span key={at} className={`title-line ${fitClass(line)}`}>
          {line.words}{' '}
        </span>
      ))}
    </h1>
  );
}

/**
 * The trailer: played here where the film holds the file. Where somebody else plays it, a still leads there;
 * the hero's button does too.
 */
export function Trailer({ model }: { readonly model: PageModel }): ReactElement | null {
  const { trailer, title } = model.document.film;
  if (trailer === undefined) return null;
  const { site } = words(model.language);
  const label = site.hero.trailerLabel(say(model, title));
  if ('url' in trailer) return <TrailerElsewhere model={model} href={trailer.url} />;
  const file = model.files.get(trailer.file);
  if (file === undefined) return null;
  const source = model.base + originalPath(file);
  return (
    <div className="trailer band-ink" id="watch">
      {/* biome-ignore lint/a11y/useMediaCaption: the film's captions follow; a trailer may have none yet */}
      <video controls preload="none" poster={posterOf(model)} aria-label={label} playsInline>
        <source src={source} type={file.mime} />
        {Object.entries(trailer.captions ?? {}).map(([language, path]) => {
          const captions = model.files.get(path);
          return captions === undefined ? null : (
            <track
              key={language}
              kind="captions"
              srcLang={language}
              label={nameOfLanguage(language, language)}
              src={model.base + originalPath(captions)}
              default={language === model.language}
            />
          );
        })}
        <a href={source}>{site.hero.trailerFile}</a>
      </video>
    </div>
  );
}

function TrailerElsewhere({
  model,
  href,
}: {
  readonly model: PageModel;
  readonly href: string;
}): ReactElement | null {
  const still = model.document.film.stills?.[0];
  const file = still === undefined ? undefined : model.files.get(still.image);
  if (still === undefined || file === undefined) return null;
  return (
    <div className="trailer-still" id="trailer">
      <Picture file={file} base={model.base} alt={say(model, still.alt)} sizes="100vw" />
      <ButtonLink href={href} icon="play">
        {words(model.language).site.hero.trailer}
      </ButtonLink>
    </div>
  );
}

function posterOf({ document: { film }, files, base }: PageModel): string | undefined {
  const path = film.stills?.[0]?.image ?? film.hero?.image;
  const file = path === undefined ? undefined : files.get(path);
  const width = file === undefined ? undefined : widthsOf(file).findLast((each) => each <= 960);
  return file === undefined || width === undefined ? undefined : base + renderingPath(file, width, 'webp');
}
