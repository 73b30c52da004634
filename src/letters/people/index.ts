export { linkWriter, type PeopleJobs, peopleJobs, peopleRecurring } from './jobs.ts';
export { invitationAddress, invitationLetter } from './links.ts';
