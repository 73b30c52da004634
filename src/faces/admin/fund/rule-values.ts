import { z } from 'zod';
import { claimants, type GrantRule, type GrantRuleDraft, newRule } from '../../../domain/fund/index.ts';
import { isCurrency, plainAmount, readAmount } from '../../../domain/ledger/index.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { withError } from '../form.ts';

const whole = (least: number, most: number, words: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,7}$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words);

/** A rule of the fund as its form is sent. */
export const ruleForm = z.object({
  currency: z.string().refine(isCurrency, 'A currency of the list'),
  screening: z.union([z.literal(''), z.uuid()], 'A screening of the list'),
  pays_max: z.string().trim().max(30, 'An amount such as 15.00'),
  who: z.enum(claimants, 'Who may claim one'),
  needs_address: z.literal('yes').optional(),
  per_address_max: whole(1, 100, 'A whole number from 1 to 100'),
  per_address_days: whole(1, 366, 'Whole days from 1 to 366'),
  places_max: z.union(
    [z.literal('').transform(() => null), whole(1, 1_000_000, 'A whole number, or nothing')],
    'A whole number, or nothing',
  ),
  offer_hours: whole(1, 168, 'Whole hours from 1 to 168'),
});

/** The draft that a form says, or the form with what is wrong. */
export function draftOf(
  value: z.output<typeof ruleForm>,
  form: FormState,
): { readonly draft: GrantRuleDraft } | { readonly wrong: FormState } {
  const paysMax = value.pays_max === '' ? null : readAmount(value.pays_max, value.currency);
  if (value.pays_max !== '' && (paysMax === null || paysMax > 1_000_000_000))
    return { wrong: withError(form, 'pays_max', 'An amount such as 15.00, or nothing for the whole price') };
  return {
    draft: {
      ...{ channel: 'screening', currency: value.currency, paysMax, who: value.who },
      screeningId: value.screening === '' ? null : value.screening,
      needsAddress: value.needs_address === 'yes',
      perAddressMax: value.per_address_max,
      perAddressDays: value.per_address_days,
      placesMax: value.places_max,
      offerHours: value.offer_hours,
    },
  };
}

/** What a form shows of a rule, or of the one that a film starts with. */
export function ruleValues(rule: GrantRule | null, currency: string): Record<string, string | undefined> {
  const { paysMax, who, needsAddress, perAddressMax, perAddressDays, placesMax, offerHours } =
    rule ?? newRule;
  return {
    currency: rule?.currency ?? currency,
    screening: rule?.screeningId ?? '',
    pays_max: paysMax === null ? '' : plainAmount(paysMax, rule?.currency ?? currency),
    who,
    needs_address: needsAddress ? 'yes' : undefined,
    per_address_max: String(perAddressMax),
    per_address_days: String(perAddressDays),
    places_max: placesMax === null ? '' : String(placesMax),
    offer_hours: String(offerHours),
  };
}
