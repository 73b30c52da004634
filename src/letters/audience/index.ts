export { audienceLetters, audienceRecurring, type LetterGround } from './jobs.ts';
