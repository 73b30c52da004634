/** What was done, in words; an action without words of its own is said by its code. */
const words: Readonly<Record<string, string>> = {
  'boxoffice.unwait': 'Took somebody off a waitlist',
  'boxoffice.rules': 'Changed the rules of the box office',
  'boxoffice.places': 'Said how many places there are',
  'boxoffice.add_type': 'Added a ticket type',
  'boxoffice.edit_type': 'Changed a ticket type',
  'boxoffice.withdraw_type': 'Took a ticket type off sale',
  'boxoffice.return_type': 'Put a ticket type back on sale',
  'boxoffice.order_types': 'Put the ticket types in another order',
  'boxoffice.copy_types': 'Copied ticket types from',
  'boxoffice.sell': 'Sold and gave tickets',
  'boxoffice.undo_sale': 'Undid a sale',
  'boxoffice.keep_places': 'Kept places for guests',
  'boxoffice.release_places': 'Gave kept places back',
  'boxoffice.comp_guests': 'Made tickets of kept places',
  'boxoffice.tell_change': 'Told everybody with a ticket of a change',
  'boxoffice.choose': 'Chose what becomes of the tickets after a change',
  'boxoffice.edit_buyer': 'Changed an order’s buyer',
  'boxoffice.add_code': 'Made a code',
  'boxoffice.add_codes': 'Made many codes',
  'boxoffice.edit_code': 'Changed a code',
  'boxoffice.withdraw_code': 'Ended a code',
  'boxoffice.return_code': 'Let a code be good again',
  'boxoffice.name_guest': 'Said who comes with a ticket',
  'boxoffice.hand_on': 'Handed a ticket on',
  'film.save': 'Saved a draft',
  'film.publish': 'Published',
  'film.add_host': 'Gave the film a host name',
  'film.remove_host': 'Took a host name away',
  'film.preview': 'Made a preview link',
  'film.end-previews': 'Ended all preview links',
  'inquiry.answer': 'Answered an inquiry',
  'inquiry.assign': 'Assigned an inquiry',
  'inquiry.erase': 'Erased an inquiry',
  'inquiry.note': 'Noted something on an inquiry',
  'inquiry.open': 'Opened an inquiry',
  'inquiry.state': 'Changed an inquiry’s state',
  'fund.put_in': 'Put money into the solidarity fund',
  'fund.take_out': 'Took money out of the solidarity fund',
  'fund.rule': 'Said what a grant pays and who may claim one',
  'fund.drop_rule': 'Took a screening’s own rule of the fund away',
  'fund.make_codes': 'Made codes for a steward',
  'fund.withdraw_code': 'Ended a steward’s code',
  'fund.return_code': 'Let a steward’s code be good again',
  'ledger.add_participant': 'Added a participant',
  'ledger.add_share': 'Gave a participant a share',
  'ledger.end_share': 'Ended a participant’s share',
  'ledger.pay_out': 'Booked a payout',
  'ledger.open_account': 'Opened an account',
  'ledger.post': 'Entered money',
  'ledger.reverse': 'Took an entry back',
  'mail.retry': 'Sent a mail again',
  'boxoffice.refund': 'Gave tickets back',
  'boxoffice.refund_sum': 'Gave back a sum',
  'boxoffice.refund_by_hand': 'Gave money back by hand',
  'boxoffice.refund_screening': 'Gave every order of a screening back',
  'boxoffice.retry_refund': 'Asked again for a refund',
  'payments.doubt': 'A payment does not agree with what was asked for',
  'payments.dispute': 'A buyer’s bank disputes a payment',
  'payments.dispute_dropped': 'A buyer’s bank asked about a payment, and dropped it',
  'payments.dispute_lost': 'A dispute was lost',
  'payments.dispute_won': 'A dispute was won',
  'payments.give_back': 'A payment came too late or twice, and goes back',
  'payments.invoice_paid': 'An invoice was paid',
  'payments.close_sandbox': 'Closed the sandbox to buyers',
  'payments.open_sandbox': 'Let buyers pay in the sandbox',
  'payments.refund_elsewhere': 'Money was given back at the provider’s own desk',
  'payments.refund_failed': 'A refund failed',
  'payments.retire': 'Stopped taking payments through an account',
  'payments.save_key': 'Entered a key for payments',
  'payments.save_webhook_secret': 'Entered the secret of the provider’s events',
  'screening.add': 'Added a screening',
  'screening.cancel': 'Cancelled a screening',
  'screening.duplicate': 'Duplicated a screening',
  'screening.edit': 'Changed a screening',
  'screening.mark': 'Marked a screening',
  'screening.postpone': 'Postponed a screening',
  'screening.restore': 'Restored a screening',
  'screenings.import': 'Imported screenings',
  'team.invite': 'Invited',
  'team.revoke_invitation': 'Took back an invitation',
  'team.join': 'Joined the team',
  'team.change_role': 'Changed a role',
  'team.remove': 'Removed from the team',
};

/** `ticket.scan` → `Ticket: scan`, where nobody has written better words. */
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
