// Promises: no grant is given that a gift does not pay for, each is given once, and what is in the fund is what the
// books say. Owns fund, gift, grant_rule, grant_code, "grant", grant_leg and grant_wait. Never knows who claims, an
// order or a screening beyond its id, and never takes a place: the box office does.
export { type FundFigures, freeInFund, fundFigures } from './figures.ts';
export {
  addGifts,
  type FundMove,
  giftLeft,
  type OrderGift,
  putIntoFund,
  returnGift,
  takeBackGift,
  takeOutOfFund,
} from './gifts.ts';
export {
  codeUsesMax,
  type GrantCode,
  grantCodes,
  grantCodesByWord,
  grantCodesMax,
  makeGrantCodes,
  refuseGrantCode,
  withdrawGrantCode,
} from './grant-codes.ts';
export {
  dropGrants,
  type GrantWish,
  keepGrants,
  personMark,
  returnGrant,
  setGrantAside,
  takeOffer,
  unkeepGrants,
} from './grants.ts';
export { fundChangedJob, lockFund } from './open-fund.ts';
export {
  dropGrantRule,
  type GrantRuleDraft,
  grantRules,
  saveGrantRule,
} from './rule-rows.ts';
export { type GrantRule, grantFor, newRule, ruleFor } from './rules.ts';
export { type Claimants, claimants, type GrantChannel } from './tables.ts';
export { takeUsedGifts, type UsedGift } from './tell-givers.ts';
export {
  isOffered,
  offerBySecret,
  offerLetter,
  offerToWaiting,
  secretForOffer,
  untoldOffers,
  type Wait,
  waitForGrant,
  waitingCounts,
} from './waits.ts';
