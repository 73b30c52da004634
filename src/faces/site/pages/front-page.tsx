import type { ReactElement, ReactNode } from 'react';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { Markdown } from '../../../ui/components/markdown.tsx';
import { Picture } from '../../../ui/components/picture.tsx';
import type { ScreeningCard } from '../../../ui/components/screening-card.ts';
import { Section } from '../../../ui/components/section.tsx';
import { Ticket } from '../../../ui/components/ticket.tsx';
import { formPath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { structuredFilm } from '../structured-data.ts';
import { Credits } from './credits.tsx';
import { Addresses, Doors } from './doors.tsx';
import { Hero, Trailer } from './hero.tsx';
import { Kept, keptText } from './kept.tsx';
import { MarksStrip } from './marks.tsx';
import { PartnerList } from './partner-list.tsx';
import { FeaturedNotice, noticesInOrder, PressWall } from './press-wall.tsx';
import { pathTo, SitePage, say } from './site-page.tsx';
import { TakeAction } from './take-action.tsx';

/** So much of a long list hangs on the front page; the rest is one link away. */
const noticesMax = 24;
const partnersMax = 36;

export type FrontPageProps = {
  readonly model: PageModel;
  /** The next few, soonest first. */
  readonly nextScreenings: readonly ScreeningCard[];
  /** The newsletter's form, where it can be filled in right here. */
  readonly newsletter?: ReactNode;
};

/** The film's first page: what it is, who says so, where it runs, what to do. */
export function FrontPage({ model, nextScreenings, newsletter }: FrontPageProps): ReactElement {
  const { document } = model;
  return (
    <SitePage
      model={model}
      title={null}
      description={say(model, document.film.logline) || say(model, document.film.synopsis?.short)}
      structured={keptText(model, 'structured-film', () => structuredFilm(model))}
      className="front"
    >
      <Kept model={model} name="front-opening" part={Opening} />
      <NextScreenings model={model} screenings={nextScreenings} />
      <Kept model={model} name="front-story" part={Story} />
      {newsletter === undefined ? null : (
        <div className="section band-ink front-newsletter">
          <div className="section-inner">{newsletter}</div>
        </div>
      )}
    </SitePage>
  );
}

type Part = { readonly model: PageModel };

function Opening({ model }: Part): ReactElement {
  return (
    <>
      <Hero model={model} />
      <MarksStrip model={model} />
      <FeaturedNotice model={model} />
      <Trailer model={model} />
    </>
  );
}

function Story({ model }: Part): ReactElement {
  return (
    <>
      <Synopsis model={model} />
      <Still model={model} at={1} />
      <Team model={model} />
      <Wall model={model} />
      <Still model={model} at={3} />
      <Act model={model} />
      <Partners model={model} />
      <Contact model={model} />
    </>
  );
}

function NextScreenings({
  model,
  screenings,
}: Part & { readonly screenings: readonly ScreeningCard[] }): ReactElement {
  const { site } = words(model.language);
  return (
    <Section id="screenings" title={site.sections.screenings} className="next">
      {screenings.length === 0 ? (
        <p className="lead">{site.sections.screeningsNone}</p>
      ) : (
        <ul className="tickets">
          {screenings.map((card) => (
            <Ticket key={card.href} card={card} language={model.language} />
          ))}
        </ul>
      )}
      <p className="more">
        <ButtonLink href={pathTo(model, '/screenings')} look="outline">
          {site.sections.screeningsAll}
        </ButtonLink>
        <ButtonLink
          href={pathTo(model, formPath('host'))}
          look={screenings.length === 0 ? 'solid' : 'outline'}
        >
          {site.hero.host}
        </ButtonLink>
      </p>
    </Section>
  );
}

function Synopsis({ model }: Part): ReactElement | null {
  const { synopsis } = model.document.film;
  const long = say(model, synopsis?.long);
  const short = say(model, synopsis?.short);
  if (long === '' && short === '') return null;
  const poster = model.document.film.poster;
  const file = poster === undefined ? undefined : model.files.get(poster.image);
  return (
    <Section id="film" title={words(model.language).site.sections.synopsis} className="synopsis">
      {long === '' ? <p className="lead">{short}</p> : <Markdown text={long} className="prose prose-lead" />}
      {poster === undefined || file === undefined ? null : (
        <Picture
          file={file}
          base={model.base}
          alt={say(model, poster.alt)}
          sizes="(min-width: 56rem) 24rem, 70vw"
          className="poster"
          widthMax={1280}
        />
      )}
    </Section>
  );
}

/** A still from edge to edge, as breath between two parts. */
function Still({ model, at }: Part & { readonly at: number }): ReactElement | null {
  const still = model.document.film.stills?.[at];
  const file = still === undefined ? undefined : model.files.get(still.image);
  if (still === undefined || file === undefined) return null;
  const credit = say(model, still.credit);
  return (
    <figure className="interlude">
      <Picture
        file={file}
        base={model.base}
        alt={say(model, still.alt)}
        sizes="(min-width: 56rem) 100vw, 133vw"
      />
      {credit === '' ? null : <figcaption>{credit}</figcaption>}
    </figure>
  );
}

function Team({ model }: Part): ReactElement | null {
  if ((model.document.credits ?? []).length === 0) return null;
  return (
    <Section id="credits" title={words(model.language).site.sections.credits} band="ink">
      <Credits model={model} />
    </Section>
  );
}

function Wall({ model }: Part): ReactElement | null {
  const notices = noticesInOrder(model).filter(({ featured }) => !featured);
  if (notices.length === 0) return null;
  const { site } = words(model.language);
  return (
    <Section id="press" title={site.sections.press}>
      <PressWall model={model} notices={notices.slice(0, noticesMax)} />
      <p className="more">
        <ButtonLink href={pathTo(model, '/press')} look="outline">
          {notices.length > noticesMax ? site.sections.pressAll : site.sections.pressKit}
        </ButtonLink>
      </p>
    </Section>
  );
}

function Act({ model }: Part): ReactElement | null {
  if (model.document.take_action === undefined) return null;
  return (
    <Section id="act" title={words(model.language).site.sections.act} band="accent">
      <TakeAction model={model} />
    </Section>
  );
}

function Partners({ model }: Part): ReactElement | null {
  const { introduction, list = [] } = model.document.partners ?? {};
  const text = say(model, introduction);
  if (list.length === 0 && text === '') return null;
  const { site } = words(model.language);
  return (
    <Section id="partners" title={site.sections.partners}>
      <Markdown text={text} />
      <PartnerList model={model} partners={list.slice(0, partnersMax)} hasWords={false} />
      <p className="more">
        {list.length === 0 ? null : (
          <ButtonLink href={pathTo(model, '/partners')} look="outline">
            {site.sections.partnersAll}
          </ButtonLink>
        )}
        <ButtonLink href={pathTo(model, formPath('partner'))} look="outline">
          {site.partners.become}
        </ButtonLink>
      </p>
    </Section>
  );
}

function Contact({ model }: Part): ReactElement {
  return (
    <Section id="contact" title={words(model.language).site.sections.contact} band="ink">
      <Markdown text={say(model, model.document.contact?.introduction)} />
      <Doors model={model} />
      <Addresses model={model} />
    </Section>
  );
}
