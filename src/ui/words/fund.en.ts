/** Words of the solidarity fund: its page, claiming a place, waiting. */
export const fundEn = {
  page: {
    title: 'The solidarity fund',
    lead: 'People who can, pay a little more. It pays for people who could not come otherwise. Nobody is asked why.',
    given: 'given',
    paid: (places: number): string => (places === 1 ? 'place paid' : 'places paid'),
    waiting: (people: number): string => (people === 1 ? 'person waiting' : 'people waiting'),
    left: 'in the fund now',
    gifts: (count: number): string => (count === 1 ? 'one gift' : `${count} gifts`),
    spent: (amount: string): string => `${amount} paid for them`,
    setAside: (amount: string): string => `${amount} of it set aside just now`,
    nobodyWaits: 'Nobody had to wait',
    oldestFirst: 'Served in the order in which they asked',
    none: 'Nobody has given yet.',
    how: 'How it works',
    ways: [
      'Whoever buys tickets can add a gift. All of it goes into the fund; the film keeps nothing of it.',
      'Whoever needs a place claims one, in two steps, with a first name or initials for the door.',
      'The first gift given is the first one used. Givers who left an address hear when theirs was, and never by whom.',
      'These figures are read from the film’s books, and change within seconds.',
    ],
    give: 'Give with your tickets',
    claim: 'Claim a place',
    claimHow: 'Choose a screening that sells tickets: the way to a free place is on its page.',
  },
  box: {
    claim: 'I need a free place',
    about: 'The solidarity fund pays for people who could not come otherwise. Nobody is asked why.',
    more: 'How the fund stands',
  },
  claim: {
    title: 'A place from the solidarity fund',
    back: 'Back to the screening',
    means: [
      'Other people have paid for it in advance. It costs you nothing, and you owe nothing.',
      'You are not asked who you are, where you work or why. At the door your ticket looks like every other.',
      'It is one place for one person.',
    ],
    step: (step: number): string => `Step ${step} of 2`,
    which: 'Which ticket?',
    next: 'Continue',
    name: 'A name for the door',
    nameHint: 'A first name or initials are enough.',
    address: 'An e-mail address for the ticket',
    addressHint:
      'Leave it empty and the ticket stays on the next page alone: keep its address. If you give one, it gets the ticket and news of this screening, and nothing else.',
    addressNeeded: 'The ticket goes there, with news of this screening, and nothing else.',
    go: 'Claim this place',
    offered: 'This place is kept for you.',
    byCode: 'At this screening the fund pays for people who have a code from a partner organisation.',
    code: 'Your code',
    codeHint: 'Whoever gave it to you knows to whom; nothing here says it.',
  },
  empty: {
    title: 'The fund is empty just now',
    about:
      'Everything that was given has paid for somebody. If you leave an address, we write to it as soon as the fund can pay this place for you. Who asked first is served first.',
    forgotten:
      'Only the address and your language are kept, and both are deleted when you take the place, when your time to take it is over, or when the screening begins.',
    address: 'E-mail address',
    go: 'Tell me when there is a place',
    thanksTitle: 'You are on the list',
    thanks:
      'As soon as the fund can pay a place for you, a mail with the way to it comes to your address. It says until when the place is kept.',
    back: 'Back to the screening',
  },
  problems: {
    name: 'A name for the door: a first name or initials will do.',
    address: 'This does not look like name@example.org.',
    tooLong: 'That is longer than fits here.',
    type: 'Choose one of these tickets.',
    grant_one_place: 'The fund pays one place for one person: choose one ticket with this code.',
    grant_and_gift: 'A place from the fund and a gift to it go in two orders.',
    grant_not_needed: 'This ticket costs nothing: you need no code for it.',
    no_grants: 'The solidarity fund pays no places at this screening.',
    grant_needs_code: 'At this screening the fund asks for a code from a partner organisation.',
    grant_needs_address: 'At this screening the ticket needs an address to go to.',
    grant_taken: (days: number): string =>
      `A place was claimed with this address within the last ${days} days. The fund is there for as many people as it can reach.`,
    grants_gone: 'The places that the fund pays at this screening are all given.',
    fund_empty: 'The fund cannot pay a place just now.',
    offer_over: 'The time in which this place was kept is over, or it was taken. You can ask again below.',
    too_many:
      'Many places were claimed from your network within an hour. Please wait a while, or write to the team.',
    unreadable: 'What arrived could not be read as this form. Please fill it in here.',
  },
};

/** The same shape in every language. */
export type FundWords = typeof fundEn;
