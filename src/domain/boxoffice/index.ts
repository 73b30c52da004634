// Promises: no place is given twice, none that was paid for is lost, and a price once quoted stands.
// Owns box_office, capacity, ticket_type, code, code_use, "order", order_key, order_line, hold, wait_entry, ticket,
// ticket_key and scan; and in payments/ payment_account, sandbox_opening, charge, refund, refund_ticket, dispute and
// provider_event.
// Never talks to a payment provider, and never writes to anybody: it adds the job by its name.

export {
  copyTicketTypes,
  countsByType,
  moveTicketType,
  screeningsWithTypes,
  type TypeCount,
} from './arrange-types.ts';
export * from './box-office.ts';
export {
  type Availability,
  availabilitiesOf,
  availabilityOf,
  setPlaces,
} from './capacity.ts';
export { changeChoice } from './change-choice.ts';
export * from './changes/index.ts';
export {
  type Choice,
  giftMax,
  type Quote,
  type QuotedLine,
  quote,
  whyNotOnSale,
} from './choices.ts';
export {
  type Claim,
  claimPlace,
  type GrantOffer,
  grantOffer,
  waitForPlace,
} from './claim-place.ts';
export {
  addCodes,
  type CodeFilter,
  type CodeState,
  codeById,
  codeState,
  codeStates,
  listCodes,
} from './code-batches.ts';
export {
  addCode,
  type Code,
  type CodeDraft,
  codeDraft,
  codesByWord,
  editCode,
  newCodeWord,
  readCode,
  refuseCode,
  withdrawCode,
} from './codes.ts';
export { type ConfirmAnswer, type Confirmation, confirmOrders, ticketsLetter } from './confirm-orders.ts';
export {
  type DoorCounts,
  type DoorScan,
  doorCounts,
  doorList,
  type ListedTicket,
  scansSince,
  screeningsWithDoors,
} from './door-list.ts';
export * from './door-rules.ts';
export * from './door-wire.ts';
export { editBuyer } from './edit-buyer.ts';
export type { GrantClaim } from './grants.ts';
export {
  compGuests,
  type GuestHold,
  guestHolds,
  guestsAtOnceMax,
  keepForGuests,
  releaseGuests,
} from './guest-holds.ts';
export { nameGuests, transferTicket } from './hand-on.ts';
export type { HoldRequest } from './hold-request.ts';
export type { ScanReason } from './judge-scan.ts';
export {
  isOrderKey,
  type Order,
  type OrderLine,
  type OrderProof,
  type OrderState,
  orderById,
  orderByKey,
  orderBySecret,
  orderIdsByKey,
  orderState,
  ordersById,
  readOrderCode,
  sayOrderCode,
  type Ticket,
  ticketCode,
} from './order.ts';
export {
  listOrders,
  type OrderFilter,
  type OrderInList,
  orderChannels,
  orderStates,
  payMethods,
} from './order-list.ts';
export * from './payments/index.ts';
export { type HoldAnswer, placeHolds } from './place-holds.ts';
export { offerJob } from './places-back.ts';
export { refundUntil } from './refund-rule.ts';
export {
  fewPlaces,
  type Sale,
  saleOf,
  salesOf,
  salesTrueUntil,
  saleTrueUntil,
  typesOnSale,
  type WhyNotSelling,
  whyNotSelling,
} from './sale.ts';
export { type LookAtSale, openSaleMemory } from './sale-memory.ts';
export {
  type SalesFilter,
  type SalesReport,
  type SalesRow,
  type SalesSums,
  type SalesView,
  salesReport,
  salesTotals,
  salesViews,
} from './sales-report.ts';
export { type DoorReport, doorReport, type ScanEvent } from './scan-report.ts';
export { takeScans } from './scans.ts';
export { type DeskMethod, type DeskSale, deskMethods, sellAtDesk } from './sell-at-desk.ts';
export { type Standing, standingOf, typesOffered, typesPriced } from './standing.ts';
export {
  type CodeKind,
  codeKinds,
  type OrderChannel,
  type PayMethod,
  type ScanVerdict,
  type ScanWay,
  type TicketKind,
  ticketKinds,
} from './tables.ts';
export { type TicketSigner, ticketSigner } from './ticket-keys.ts';
export { addOrderKey, handedOnLetter, resendTickets, ticketMailKeys } from './ticket-letters.ts';
export * from './ticket-mark.ts';
export {
  addTicketType,
  editTicketType,
  perOrderMaximum,
  type TicketType,
  type TicketTypeDraft,
  ticketTypeDraft,
  ticketTypesOf,
  withdrawTicketType,
} from './ticket-types.ts';
export { type Offer, offerPlaces } from './wait-offers.ts';
export {
  joinLine,
  leaveLine,
  lineOf,
  removeFromLine,
  screeningsWithLine,
  type WaitEntry,
  type WaitState,
  waitEntryByKey,
  waitPlacesMax,
} from './waitlist.ts';
