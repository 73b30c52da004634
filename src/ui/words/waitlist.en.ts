/** Words of the waitlist: joining it, one's place in it, what is offered. */
export const waitlistEn = {
  join: {
    title: 'Join the waitlist',
    link: 'Join the waitlist',
    lead: 'When a place comes back, it is offered to whoever has waited longest. Joining costs nothing and binds you to nothing.',
    address: 'Your e-mail address',
    addressHint: 'The offer goes there. The address is used for this screening and nothing else.',
    places: 'How many places',
    go: 'Join the waitlist',
  },
  sent: {
    title: 'You are in line',
    about:
      'A mail confirms it and leads to your place in the line. If this address was in line already, it keeps its first place and no second mail comes.',
  },
  entry: {
    waiting: (ahead: number): string =>
      ahead === 0 ? 'You are next in line.' : ahead === 1 ? 'One is before you.' : `${ahead} are before you.`,
    waitingTitle: 'You are in line',
    waitingAbout: (hours: number): string =>
      `When a place comes back to you, a mail says so, and it is kept for you for ${hours === 1 ? 'an hour' : `${hours} hours`}.`,
    offeredTitle: (places: number): string =>
      places === 1 ? 'A place is kept for you' : `${places} places are kept for you`,
    offeredAbout: (until: string): string => `Until ${until}. After that the next in line gets it.`,
    take: 'Take it',
    giveUp: 'I do not need it any more',
    leave: 'Leave the line',
    overTitle: 'The time for this offer is over',
    overAbout: 'It went to the next in line. You may join again at the end.',
    takenTitle: 'You took the offer',
    takenAbout: 'Your order has its own page; its address is in your mail.',
    leftTitle: 'You are out of the line',
    leftAbout: 'No mail about it comes any more. You may join again at the end.',
    again: 'Join again',
  },
  letter: {
    joined: {
      subject: (film: string): string => `${film}: you are on the waitlist`,
      about: (film: string, places: number): string =>
        places === 1 ? `you wait for a place at ${film}.` : `you wait for ${places} places at ${film}.`,
      rule: (hours: number): string =>
        `When a place comes back to you, a mail says so, and it is kept for you for ${hours === 1 ? 'an hour' : `${hours} hours`}. Then it goes to the next in line.`,
      open: 'See your place, or leave the line',
    },
    offered: {
      subject: (film: string): string => `${film}: a place for you`,
      about: (film: string, places: number): string =>
        places === 1
          ? `a place at ${film} came back, and it is yours if you want it.`
          : `${places} places at ${film} came back, and they are yours if you want them.`,
      until: (moment: string): string => `It is kept for you until ${moment}.`,
      open: 'Take it',
    },
    hello: 'Hello,',
    below: 'If the button does not work, copy this address into your browser:',
    notMe:
      'If you did not ask for this, somebody typed your address. Do nothing, and nothing more comes of it.',
  },
  problems: {
    address_wrong: 'This does not look like name@example.org.',
    quantity_wrong: (most: number): string => `A whole number of places, from 1 to ${most}.`,
    not_full: 'There are places just now: you need not wait.',
    closed: 'There is no waitlist for this screening.',
    buy: 'Get tickets',
  },
};

/** The same shape in every language. */
export type WaitlistWords = typeof waitlistEn;
