/** Words of screenings: the ticket in a list, its page, the map. */
export const screeningsEn = {
  states: {
    planned: 'Announced',
    'on sale': 'On sale',
    'sold out': 'Sold out',
    postponed: 'Postponed',
    cancelled: 'Cancelled',
    past: 'Past',
  },
  kinds: {
    cinema: 'Cinema',
    community: 'Community',
    campus: 'Campus',
    workplace: 'Workplace',
    festival: 'Festival',
    virtual: 'Online',
  },
  access: {
    open_captions: 'Open captions',
    asl: 'Sign language (ASL)',
    audio_description: 'Audio description',
    step_free: 'Step-free',
    hearing_loop: 'Hearing loop',
    wide_seats: 'Wide seats',
  },
  accessLabel: 'Access',
  online: 'Online',
  with: (names: string): string => `With ${names}`,
  tickets: 'Tickets',
  details: 'Details',
  detailsOf: (place: string): string => `Details: ${place}`,
  past: 'Past screenings',
};

/** The same shape in every language. */
export type ScreeningsWords = typeof screeningsEn;
