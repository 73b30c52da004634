import type { ReactElement } from 'react';
import { Laurel, LaurelSprite } from '../../../ui/components/laurel.tsx';
import { Picture } from '../../../ui/components/picture.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { say } from './site-page.tsx';

/** Festivals and awards, each with its branches. Nothing where there are none. */
export function Laurels({ model }: { readonly model: PageModel }): ReactElement | null {
  const { laurels = [] } = model.document;
  if (laurels.length === 0) return null;
  return (
    <>
      <LaurelSprite />
      <ul className="laurels">
        {laurels.map(({ festival, award, year }) => {
          const name = say(model, festival);
          const words = say(model, award);
          return (
            <Laurel
              key={`${name}|${words}|${year}`}
              festival={name}
              year={year}
              {...(words === '' ? {} : { award: words })}
            />
          );
        })}
      </ul>
    </>
  );
}

/** The strip below the hero: laurels, then the marks of those who stand behind the film. */
export function MarksStrip({ model }: { readonly model: PageModel }): ReactElement | null {
  const { laurels = [], logos = [] } = model.document;
  if (laurels.length === 0 && logos.length === 0) return null;
  const { site } = words(model.language);
  return (
    <section className="strip" id="marks" aria-label={site.sections.laurels}>
      <Laurels model={model} />
      {logos.length === 0 ? null : (
        <ul className="marks" aria-label={site.sections.marks}>
          {logos.map(({ name, image, url }) => (
            <li key={name}>
              <Mark model={model} name={name} image={image} url={url} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export type MarkProps = {
  readonly model: PageModel;
  readonly name: string;
  readonly image?: string | undefined;
  readonly url?: string | undefined;
  /** Says the name in letters beneath the logo too. */
  readonly isNamed?: boolean;
};

/** An organisation's logo, or its name set as a mark where it has none. */
export function Mark({ model, name, image, url, isNamed = false }: MarkProps): ReactElement {
  const file = image === undefined ? undefined : model.files.get(image);
  const shown =
    file === undefined ? (
      <span className="mark-name">{name}</span>
    ) : (
      <>
        <Picture
          file={file}
          base={model.base}
          alt={isNamed ? '' : name}
          sizes="10rem"
          className="mark-picture"
          widthMax={480}
        />
        {isNamed ? <span className="mark-caption">{name}</span> : null}
      </>
    );
  return url === undefined ? (
    shown
  ) : (
    <a className="mark" href={url} rel="noopener">
      {shown}
    </a>
  );
}
