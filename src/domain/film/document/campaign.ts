import { z } from 'zod';
import { logo } from './pictures.ts';
import {
  emailAddress,
  filePath,
  line,
  lineText,
  link,
  looseDate,
  markdownText,
  paragraphText,
  slug,
} from './text.ts';

export const laurel = z.strictObject({
  festival: lineText,
  award: lineText.optional(),
  year: z.number().int().min(1880).max(2200),
});

const credit = z.strictObject({
  name: line,
  roles: z.array(lineText).max(20).optional(),
  mark: line.optional(),
});

export const creditGroup = z.strictObject({ heading: lineText, people: z.array(credit).min(1).max(2_000) });

/** A critic's notice on the press wall; the words are the critic's, so a quote may be missing. */
export const notice = z.strictObject({
  outlet: line,
  critic: line.optional(),
  quote: lineText.optional(),
  url: link.optional(),
  date: looseDate.optional(),
  featured: z.boolean().optional(),
});

const figure = z.strictObject({
  value: lineText,
  label: lineText,
  source: z.strictObject({ name: lineText, url: link.optional(), date: looseDate.optional() }),
});

export const actionKinds = [
  'link',
  'pledge',
  'petition',
  'letter',
  'volunteer',
  'donate',
  'download',
] as const;
const action = z.strictObject({
  kind: z.enum(actionKinds),
  label: lineText,
  url: z.union([link, filePath]),
  about: paragraphText.optional(),
});

export const takeAction = z.strictObject({
  introduction: markdownText.optional(),
  figures: z.array(figure).max(50).optional(),
  actions: z.array(action).max(50).optional(),
});

export const partners = z.strictObject({
  introduction: markdownText.optional(),
  list: z
    .array(
      z.strictObject({
        name: line,
        url: link.optional(),
        logo: filePath.optional(),
        about: paragraphText.optional(),
      }),
    )
    .max(2_000)
    .optional(),
});

export const contact = z.strictObject({
  introduction: markdownText.optional(),
  addresses: z
    .record(z.string().regex(/^[a-z][a-z_]{0,39}$/, 'a short lower-case word'), emailAddress)
    .optional(),
});

export const fieldKinds = [
  'text',
  'textarea',
  'email',
  'tel',
  'url',
  'number',
  'date',
  'select',
  'checkbox',
] as const;

/** A field that the team adds to a form, beside name, address and message. */
export const formField = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a lower-case name such as group_size'),
    label: lineText,
    kind: z.enum(fieldKinds),
    required: z.boolean().optional(),
    hint: lineText.optional(),
    options: z
      .array(z.strictObject({ value: line, label: lineText }))
      .min(1)
      .max(200)
      .optional(),
  })
  .refine((field) => (field.kind === 'select') === (field.options !== undefined), {
    path: ['options'],
    message: 'options for a select, and only for a select',
  });
export type FormField = z.infer<typeof formField>;

export const form = z.strictObject({
  title: lineText,
  introduction: markdownText.optional(),
  success: paragraphText.optional(),
  failure: paragraphText.optional(),
  consent: paragraphText.optional(),
  fields: z.array(formField).max(40).optional(),
});
export type Form = z.infer<typeof form>;

export const page = z.strictObject({ slug, title: lineText, body: markdownText });

export { logo };
