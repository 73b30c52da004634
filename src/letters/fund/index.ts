export { fundLetters, fundRecurring } from './jobs.ts';
