import { type Form, formOf } from '../../../domain/audience/index.ts';
import { formPath, pagePath } from '../../../ui/paths.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { defaultLanguage } from '../pages/site-page.tsx';

/** Names of our own fields. The hyphen keeps them apart from every field that a film may define. */
export const ownFields = {
  stamp: 'form-stamp',
  proof: 'form-proof',
  decoy: 'fax-number',
  newsletter: 'newsletter-consent',
} as const;

/** A form of this film in the page's language; null where it has none of this name. */
export function filmForm(model: PageModel, name: string): Form | null {
  const { site, forms } = words(model.language);
  const titles = {
    partner: site.contact.partner.title,
    host: site.contact.host.title,
    press: site.contact.press.title,
    education: site.contact.education.title,
    general: site.contact.general.title,
    newsletter: site.contact.newsletter.title,
  };
  return formOf(model.document, name, model.language, { titles, ...forms.standard });
}

/** A page of this film at its canonical address, for what is kept and for mails. */
export function canonicalUrl(model: PageModel, path: string): string {
  const place = {
    base: model.canonicalBase,
    language: model.language,
    defaultLanguage: defaultLanguage(model),
  };
  return (model.origin + pagePath(place, path)).replace(/\/$/, '');
}

/** What was typed, as a mail that the visitor's own program opens ready to be sent. */
export function mailInstead(form: Form, values: Readonly<Record<string, string>>, address: string): string {
  const lines = form.fields
    .filter(({ name }) => (values[name] ?? '') !== '')
    .map(({ name, label }) => `${label}: ${values[name]}`);
  // Some mail programs cut an address of more than 2,000 characters; the form still shows all of it.
  const body = cut(lines.join('\n'), 1_200);
  return `mailto:${address}?subject=${encodeURIComponent(form.title)}&body=${encodeURIComponent(body)}`;
}

function cut(text: string, charactersMax: number): string {
  return text.length <= charactersMax ? text : `${text.slice(0, charactersMax).toWellFormed()} …`;
}

export { formPath };
