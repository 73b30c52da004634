/** Words of tickets: the letter that brings them, their papers, handing them on. */
export const boxofficeEn = {
  refund: {
    until: (moment: string): string =>
      `You can give tickets back until ${moment} and get what you paid for them.`,
    never: 'Tickets are not taken back for money, but you can hand them on to somebody else.',
  },
  paper: {
    title: (film: string): string => `Tickets for ${film}`,
    ticket: 'Ticket',
    qr: (code: string): string => `QR code of ticket ${code}`,
    guest: 'For',
    type: 'Kind',
    when: 'When',
    where: 'Where',
    access: 'Access',
    code: 'Code',
    show: 'Show this at the door, on paper or on a phone. Each ticket lets one person in, once.',
    page: (number: number, of: number): string => `${number} of ${of}`,
    none: 'No ticket of this order is yours to print: they were cancelled or handed on.',
  },
  letter: {
    subject: (film: string, count: number): string =>
      count === 1 ? `${film}: your ticket` : `${film}: your ${count} tickets`,
    hello: (name: string): string => `Hello ${name},`,
    about: (film: string, count: number): string =>
      count === 1 ? `this is your ticket for ${film}.` : `these are your ${count} tickets for ${film}.`,
    attached:
      'Ticket and calendar entry are attached. Show the QR code at the door, on paper or on your phone; the code in words does as well.',
    open: 'Open your order',
    below: 'Names, handing tickets on and giving them back are there. Keep the address: it is the key.',
    directions: 'Directions',
    rule: 'Giving back',
    access: 'Access',
    accessNone: 'Nothing is noted. Answer this mail if you need something, and we will see.',
    notMe: 'If you did not order this, somebody typed your address. Answer this mail and we will mend it.',
  },
  handedOn: {
    subject: (film: string): string => `${film}: a ticket for you`,
    about: (giver: string, film: string): string => `${giver} has handed a ticket for ${film} on to you.`,
    attached:
      'It is attached. Show the QR code at the door, on paper or on your phone. What was printed of it before no longer lets anybody in.',
  },
  tickets: {
    title: (count: number): string => (count === 1 ? 'Your ticket' : 'Your tickets'),
    order: (code: string): string => `Order ${code}`,
    back: 'Back to the order',
    show: 'Show, name or hand on',
    pdf: 'Tickets as PDF',
    calendar: 'Into the calendar',
    name: 'Who comes with it',
    nameHint: 'Only if you like. The list at the door shows it.',
    save: 'Keep the name',
    saved: 'The name is kept.',
    handOn: 'Hand this ticket on',
    handOnAbout:
      'What was printed or saved of it before will no longer let anybody in. With an address the new ticket is mailed there and is no longer shown here.',
    newName: 'To whom',
    newAddress: 'Their e-mail address, if it should be mailed',
    handOnDo: 'Hand it on',
    handedOn: 'The ticket is handed on.',
    isWith: (name: string): string => `This ticket is with ${name}. They got it by mail.`,
    cancelled: 'Cancelled: it no longer lets anybody in.',
    resend: 'Send the mail again',
    resent: 'The mail is on its way again.',
    problems: {
      name_missing: 'A name is needed.',
      name_too_long: 'At most 200 characters.',
      address_wrong: 'This does not look like name@example.org.',
      ticket_used: 'Somebody has come in with this ticket already.',
      ticket_cancelled: 'This ticket is cancelled.',
      no_such_ticket: 'This ticket is not in the order.',
      screening_over: 'The screening is over: nothing changes any more.',
      not_confirmed: 'This order has no tickets yet, or no longer.',
      no_address: 'The order has no address to write to.',
      letter_sent_lately:
        'It was sent a moment ago. Look into your spam folder, or try again in two minutes.',
      letter_sent_often: 'It was sent five times. Write to us, and we will find out where it goes.',
      handed_on_often: 'This ticket has changed hands too often. Write to us.',
      unreadable: 'What arrived could not be read as this form. Please fill it in here.',
    },
  },
};

/** The same shape in every language. */
export type BoxofficeWords = typeof boxofficeEn;
