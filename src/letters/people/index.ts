export { linkWriter, type PeopleJobs, peopleJobs } from './jobs.ts';
export { invitationAddress, invitationLetter } from './links.ts';
