import type { ReactElement } from 'react';
import { originalPath } from '../../../domain/film/pictures.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Icon } from '../../../ui/components/icon.tsx';
import { Picture } from '../../../ui/components/picture.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { Credits } from './credits.tsx';
import { Addresses } from './doors.tsx';
import { Facts } from './facts.tsx';
import { Kept } from './kept.tsx';
import { Laurels } from './marks.tsx';
import { PageHead } from './page-head.tsx';
import { noticesInOrder, PressWall } from './press-wall.tsx';
import { pathTo, SitePage, say } from './site-page.tsx';

type Part = { readonly model: PageModel };

/** Where the press kit is fetched, below the film's base and the page's language. */
export const pressKitPath = '/press/kit.zip';

/** For newsrooms and juries: facts, notices, stills, laurels, credits, contact, and all of it as one zip. */
export function PressPage({ model }: Part): ReactElement {
  const { site } = words(model.language);
  return (
    <SitePage
      model={model}
      title={site.sections.press}
      description={site.press.lead}
      cardPath="/share/press.png"
      className="plain"
    >
      <Kept model={model} name="press" part={PressParts} />
    </SitePage>
  );
}

function PressParts({ model }: Part): ReactElement {
  const { site } = words(model.language);
  const notices = noticesInOrder(model);
  const { laurels = [], credits = [] } = model.document;
  return (
    <>
      <PageHead title={site.sections.press} lead={site.press.lead}>
        <p className="more">
          <ButtonLink href={pathTo(model, pressKitPath)} icon="download">
            {site.press.kit}
          </ButtonLink>
          <ButtonLink href={pathTo(model, formPath('press'))} look="outline">
            {site.press.contact}
          </ButtonLink>
        </p>
        <p className="page-note">{site.press.kitAbout}</p>
      </PageHead>
      <FactsSection model={model} />
      <Stills model={model} />
      {laurels.length === 0 ? null : (
        <Section id="laurels" title={site.sections.laurels}>
          <Laurels model={model} />
        </Section>
      )}
      {notices.length === 0 ? null : (
        <Section id="notices" title={site.sections.featured}>
          <PressWall model={model} notices={notices} />
        </Section>
      )}
      {credits.length === 0 ? null : (
        <Section id="credits" title={site.sections.credits} band="ink">
          <Credits model={model} />
        </Section>
      )}
      <Section id="press-contact" title={site.press.contact}>
        <Addresses model={model} only={['press', 'general']} />
      </Section>
    </>
  );
}

function FactsSection({ model }: Part): ReactElement {
  const { site } = words(model.language);
  const { logline, synopsis } = model.document.film;
  const texts = [
    { name: site.facts.logline, text: say(model, logline) },
    { name: site.facts.synopsis, text: say(model, synopsis?.short) },
  ].filter(({ text }) => text !== '');
  return (
    <Section id="facts" title={site.facts.title} className="columns">
      <Facts model={model} />
      <div className="prose">
        {texts.map(({ name, text }) => (
          <div key={name}>
            <h3>{name}</h3>
            <p>{text}</p>
          </div>
        ))}
      </div>
    </Section>
  );
}

/** Stills and the poster, each with its words, its credit and its file as it was given. */
function Stills({ model }: Part): ReactElement {
  const { site } = words(model.language);
  const { hero, poster, stills = [] } = model.document.film;
  const pictures = [...stills, hero, poster]
    .filter((picture) => picture !== undefined)
    .flatMap((picture) => {
      const file = model.files.get(picture.image);
      return file === undefined ? [] : [{ picture, file }];
    });
  return (
    <Section id="stills" title={site.sections.stills}>
      {pictures.length === 0 ? <p>{site.press.noStills}</p> : null}
      <ul className="stills">
        {pictures.map(({ picture, file }) => {
          const alt = say(model, picture.alt);
          const credit = say(model, picture.credit);
          return (
            <li key={picture.image}>
              <figure>
                <Picture
                  file={file}
                  base={model.base}
                  alt={alt}
                  sizes="(min-width: 56rem) 30vw, 90vw"
                  widthMax={1280}
                />
                <figcaption>
                  {credit === '' ? null : <span>{credit} </span>}
                  <a href={model.base + originalPath(file)} aria-label={site.press.fullOf(alt)} download="">
                    <Icon name="download" /> {site.press.full}
                    {file.width === null || file.height === null ? null : ` (${file.width} × ${file.height})`}
                  </a>
                </figcaption>
              </figure>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
