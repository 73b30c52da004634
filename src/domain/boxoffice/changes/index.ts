export { type Chosen, chooseAfterChange } from './choose.ts';
export { type ExchangeChoice, exchangeChoices } from './exchange.ts';
export { type NoticeInList, noticeById, noticeOf, noticesOf, type OrderNotice } from './notices.ts';
export type { ChangeChoice, ChangeKind, Known } from './tables.ts';
export { changeLetter, changeMessageMax, noteTold, tellOfChange } from './tell-of-change.ts';
export { type TicketHolders, ticketHolders, type UntoldOrder } from './untold.ts';
