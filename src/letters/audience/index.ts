export { audienceLetters, audienceRecurring, type LetterGround } from './jobs.ts';
export { stopHeaders, stopLink } from './newsletter-letters.ts';
