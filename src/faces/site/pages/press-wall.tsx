import type { ReactElement } from 'react';
import type { FilmDocument } from '../../../domain/film/document/index.ts';
import { Icon } from '../../../ui/components/icon.tsx';
import { narrowWidth } from '../../../ui/title-fit.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { say } from './site-page.tsx';

type Notice = NonNullable<FilmDocument['press']>[number];

/** The notices as they hang: the featured one first, then in the order of the document. */
export function noticesInOrder({ document }: PageModel): Notice[] {
  const { press = [] } = document;
  return [...press.filter(({ featured }) => featured), ...press.filter(({ featured }) => !featured)];
}

/** The one great quote. Without the critic's words, the outlet itself is the mark. */
export function FeaturedNotice({ model }: { readonly model: PageModel }): ReactElement | null {
  const notice = model.document.press?.find(({ featured }) => featured);
  if (notice === undefined) return null;
  const quote = unquoted(say(model, notice.quote));
  const { site } = words(model.language);
  return (
    <section className="featured" aria-label={site.sections.featured}>
      {quote === '' ? (
        <p className="featured-mark">
          {notice.critic === undefined ? null : <cite>{site.press.criticIn(notice.critic)} </cite>}
          <span className="featured-outlet">{notice.outlet}</span>
        </p>
      ) : (
        <figure>
          <blockquote className={`featured-quote featured-${lengthOf(quote)}`}>
            <p>“{quote}”</p>
          </blockquote>
          <figcaption>
            <Byline notice={notice} />
          </figcaption>
        </figure>
      )}
      <ReadMore model={model} notice={notice} />
    </section>
  );
}

/**
 * Quotes hang as cards in columns, each as loud as its length allows. Notices without the critic's words
 * follow as a roll of outlets.
 */
export function PressWall({
  model,
  notices,
}: {
  readonly model: PageModel;
  readonly notices: readonly Notice[];
}): ReactElement {
  const quotes = notices.filter(({ quote }) => say(model, quote) !== '');
  const outlets = notices.filter(({ quote }) => say(model, quote) === '');
  return (
    <>
      {quotes.length === 0 ? null : (
        <ul className="wall">
          {quotes.map((notice, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and a critic may have written twice
            <QuoteCard key={at} model={model} notice={notice} />
          ))}
        </ul>
      )}
      {outlets.length === 0 ? null : (
        <ul className="roll">
          {outlets.map((notice, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, and a critic may have written twice
            <li key={at}>
              <p className="roll-outlet">{notice.outlet}</p>
              {notice.critic === undefined ? null : <p className="roll-critic">{notice.critic}</p>}
              <ReadMore model={model} notice={notice} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function QuoteCard({ model, notice }: { readonly model: PageModel; readonly notice: Notice }): ReactElement {
  const quote = unquoted(say(model, notice.quote));
  return (
    <li className={`card card-${lengthOf(quote)}`}>
      <blockquote className={wordClass(quote)}>
        <p>“{quote}”</p>
      </blockquote>
      <p className="card-critic">
        <Byline notice={notice} />
      </p>
      <ReadMore model={model} notice={notice} />
    </li>
  );
}

function Byline({ notice }: { readonly notice: Notice }): ReactElement {
  return (
    <>
      {notice.critic === undefined ? null : <span className="critic">{notice.critic}</span>}{' '}
      <span className="outlet">{notice.outlet}</span>
    </>
  );
}

function ReadMore({
  model,
  notice,
}: {
  readonly model: PageModel;
  readonly notice: Notice;
}): ReactElement | null {
  if (notice.url === undefined) return null;
  const { site } = words(model.language);
  const by = notice.critic === undefined ? notice.outlet : `${notice.critic}, ${notice.outlet}`;
  return (
    <a className="read-more" href={notice.url} rel="noopener">
      <span>
        {site.press.readMore}
        <span className="visually-hidden">: {by}</span>
      </span>
      <Icon name="elsewhere" />
    </a>
  );
}

/** Quotation marks are set by us, so the team's own are taken off: the outer pair, of any language. */
export function unquoted(quote: string): string {
  const bare = quote.trim();
  const inner = /^[“"«„](.*)[”"»“]$/su.exec(bare)?.[1];
  return inner === undefined || /[“”"«»„]/u.test(inner) ? bare : inner.trim();
}

/** So many em, at most, does the longest word take in the narrowest cut: loud words shrink before they break. */
export function wordClass(quote: string): string {
  const widest = Math.max(...`“${quote}”`.split(/\s+/).map(narrowWidth));
  return `word-${[4, 5, 6, 8].find((most) => widest <= most) ?? 12}`;
}

/** How loud a quote may be: two words may shout, a sentence speaks. */
function lengthOf(quote: string): 'shout' | 'call' | 'say' | 'tell' {
  if (quote.length <= 24) return 'shout';
  if (quote.length <= 60) return 'call';
  return quote.length <= 130 ? 'say' : 'tell';
}
