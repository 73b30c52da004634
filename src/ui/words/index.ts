import { type BoxofficeWords, boxofficeEn } from './boxoffice.en.ts';
import { boxofficeEs } from './boxoffice.es.ts';
import { type CheckoutWords, checkoutEn } from './checkout.en.ts';
import { checkoutEs } from './checkout.es.ts';
import { type FormsWords, formsEn } from './forms.en.ts';
import { formsEs } from './forms.es.ts';
import { type FundWords, fundEn } from './fund.en.ts';
import { fundEs } from './fund.es.ts';
import { type PayingWords, payingEn } from './paying.en.ts';
import { payingEs } from './paying.es.ts';
import { type ScreeningsWords, screeningsEn } from './screenings.en.ts';
import { screeningsEs } from './screenings.es.ts';
import { type SiteWords, siteEn } from './site.en.ts';
import { siteEs } from './site.es.ts';
import { type WaitlistWords, waitlistEn } from './waitlist.en.ts';
import { waitlistEs } from './waitlist.es.ts';

/** The site's own words, by area. The film's words stand in its document. */
export type Words = {
  readonly site: SiteWords;
  readonly screenings: ScreeningsWords;
  readonly forms: FormsWords;
  readonly checkout: CheckoutWords;
  readonly boxoffice: BoxofficeWords;
  readonly waitlist: WaitlistWords;
  readonly paying: PayingWords;
  readonly fund: FundWords;
};

const en: Words = {
  site: siteEn,
  screenings: screeningsEn,
  forms: formsEn,
  checkout: checkoutEn,
  boxoffice: boxofficeEn,
  waitlist: waitlistEn,
  paying: payingEn,
  fund: fundEn,
};
const es: Words = {
  site: siteEs,
  screenings: screeningsEs,
  forms: formsEs,
  checkout: checkoutEs,
  boxoffice: boxofficeEs,
  waitlist: waitlistEs,
  paying: payingEs,
  fund: fundEs,
};

/** The words of a page's language; English where we have not learned it. */
export function words(language: string): Words {
  return /^es(-|$)/.test(language) ? es : en;
}
