export { automatic } from './inquiry-letters.ts';
export { audienceLetters, audienceRecurring, type LetterGround } from './jobs.ts';
