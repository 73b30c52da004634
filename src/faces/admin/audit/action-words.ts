/** What was done, in words; an action without words of its own is said by its code. */
const words: Readonly<Record<string, string>> = {
  'film.create': 'Entered the film',
  'film.save': 'Saved a draft',
  'film.publish': 'Published',
  'film.roll_back': 'Rolled back',
  'film.preview': 'Made a preview link',
  'film.import': 'Imported the film’s folder',
  'mail.retry': 'Sent a mail again',
  'team.invite': 'Invited',
  'team.revoke_invitation': 'Took back an invitation',
  'team.join': 'Joined the team',
  'team.change_role': 'Changed a role',
  'team.remove': 'Removed from the team',
};

/** `screening.cancel` → `Screening: cancel`, where nobody has written better words. */
export function actionWords(action: string): string {
  const known = words[action];
  if (known !== undefined) return known;
  const [subject = '', verb = ''] = action.split('.');
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)}: ${verb.replaceAll('_', ' ')}`;
}

// A jsonb column forgets the order in which its keys were written.
const order = ['from', 'to'];

/** `from manager, to owner`. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== '')
    .sort(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${String(value)}`)
    .join(', ');
}
