import type { ReactElement } from 'react';
import { nameOfLanguage } from '../../../ui/components/bar.tsx';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { say } from './site-page.tsx';

const countryNames = new Map<string, string>();

function nameOfCountry(code: string, language: string): string {
  const key = `${language}|${code}`;
  const kept = countryNames.get(key);
  if (kept !== undefined) return kept;
  if (countryNames.size >= 1_000) countryNames.clear();
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
  countryNames.set(key, name);
  return name;
}

/** Year, running time, countries: what stands at a poster's foot. */
export function factsLine(model: PageModel): string[] {
  const { film } = model.document;
  const { site } = words(model.language);
  return [
    film.year === undefined ? '' : String(film.year),
    film.runtime_minutes === undefined ? '' : site.facts.minutes(film.runtime_minutes),
    (film.countries ?? []).map((code) => nameOfCountry(code, model.language)).join(', '),
    say(model, film.rating),
  ].filter((fact) => fact !== '');
}

/** Every fact of the film with its name, for people who have to get it right. */
export function facts(model: PageModel): { readonly name: string; readonly value: string }[] {
  const { film } = model.document;
  const { facts: names } = words(model.language).site;
  const languages = (tags: readonly string[] | undefined): string =>
    (tags ?? []).map((tag) => nameOfLanguage(tag, model.language)).join(', ');
  return [
    { name: names.year, value: film.year === undefined ? '' : String(film.year) },
    {
      name: names.runtime,
      value: film.runtime_minutes === undefined ? '' : names.minutes(film.runtime_minutes),
    },
    {
      name: names.countries,
      value: (film.countries ?? []).map((code) => nameOfCountry(code, model.language)).join(', '),
    },
    { name: names.languages, value: languages(film.languages) },
    { name: names.rating, value: say(model, film.rating) },
    { name: names.status, value: say(model, film.status) },
    { name: names.captions, value: languages(film.accessibility?.captions) },
    { name: names.audioDescription, value: languages(film.accessibility?.audio_description) },
    { name: names.accessibility, value: say(model, film.accessibility?.notes) },
  ].filter(({ value }) => value !== '');
}

/** The facts as a list of terms. */
export function Facts({ model }: { readonly model: PageModel }): ReactElement {
  return (
    <dl className="facts">
      {facts(model).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
