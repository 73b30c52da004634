// Promises: what people write is kept once, whole and under the words they saw; what they agreed to is proven
// step by step. Owns contact, inquiry, inquiry_entry, consent, subscription, spent_proof and form_limit.
// Never sends: it adds the job, letters/ writes the mail. Never keeps an address of a network, only a day's hash.
export {
  addNote,
  answerInquiry,
  assignInquiry,
  eraseInquiry,
  openInquiry,
  type Seen,
  setInquiryState,
  setInquiryStates,
} from './change-inquiry.ts';
export { type ConsentLine, consentsOf, isStopLink, stopSecret, withdrawConsent } from './consents.ts';
export { addDemoInquiries } from './demo-inquiries.ts';
export { inquiryCsv } from './export-inquiries.ts';
export {
  type Answer,
  type Field,
  type Form,
  formNames,
  formOf,
  type StandardWords,
  teamAddress,
} from './forms.ts';
export {
  type InboxFilter,
  type InboxPage,
  type InboxPlace,
  type InquiryLine,
  inquiries,
  inquiryForms,
  openInquiryCounts,
} from './inquiries.ts';
export {
  type Inquiry,
  inquiryByCode,
  inquiryById,
  inquiryMailKeys,
  messageIdsBefore,
  replyById,
  type ThreadEntry,
  threadOf,
} from './inquiry.ts';
export { audienceJobs, audienceRecurring } from './jobs.ts';
export {
  type FormKeys,
  makeStamp,
  networkHash,
  networkOf,
  openFormKeys,
  readStamp,
} from './keys.ts';
export { type FormLimits, openFormLimits } from './limits.ts';
export {
  askOptIn,
  confirmOptIn,
  type OptInState,
  optInDays,
  optInSecret,
  optInState,
  type PendingOptIn,
  pendingOptIn,
} from './opt-in.ts';
export { checkProof, makeChallenge } from './proof.ts';
export { type Received, receiveInquiry, type Submission } from './receive-inquiry.ts';
export {
  type AnswerProblem,
  type AnswerProblems,
  answerTo,
  checkAnswers,
  cleanValue,
  contentKey,
  searchWords,
} from './submission.ts';
export { type InquiryState, inquiryStates } from './tables.ts';
