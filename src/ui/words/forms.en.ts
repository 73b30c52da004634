import type { AnswerProblem, StandardWords } from '../../domain/audience/index.ts';

/** Words of forms: around the fields, and in those that every film has. */
export const formsEn = {
  required: 'required',
  optional: 'optional',
  choose: 'Choose',
  yes: 'Yes',
  errorsTitle: 'Please look at these again',
  errorsAbout: 'Nothing was sent yet, and everything you typed is still here.',
  errorPage: 'Please look again',
  send: 'Send',
  subscribe: 'Send me the link',
  standard: {
    introductions: {
      partner:
        'Tell us who you are and what you would like to do with the film: a screening for your members, an event, a place on our list of partners.',
      host: 'You know the room and the people; we bring the film. Tell us where, and for whom. A rough idea is enough to begin.',
      press:
        'For interviews, stills, a screener or a fact to check. Name your deadline and we keep it in sight.',
      education:
        'For classes, libraries and campuses. Tell us how you would like to use the film, and we send what fits.',
      general: 'A question, a story, a correction: write it here.',
      newsletter: 'A few mails a year: where the film is shown, and what comes of it.',
      other: '',
    },
    success: 'Thank you. Your words have arrived, and a person of the film’s team will answer you by mail.',
    successNewsletter:
      'Thank you. If the address is right, a mail with a link is on its way. You are on the list once you have opened that link and pressed its button.',
    failure:
      'Our side could not take this just now. Nothing that you typed is lost: it is all still in the form below.',
    consent: (title) =>
      `I want to get mails from the makers of ${title}: where the film is shown, and what comes of it. I can stop them at any time with the link in each mail.`,
    labels: {
      name: 'Your name',
      email: 'Your e-mail address',
      message: 'Your message',
      organisation: 'Organisation',
      outlet: 'For whom you write',
      institution: 'School, college or library',
      deadline: 'Your deadline',
      use: 'How you would use the film',
      host_kind: 'Where it would be shown',
      place: 'Town or city',
      date: 'When, if you know',
      audience: 'How many people, about',
    },
    hints: {
      email: 'We answer to this address, and use it for nothing else.',
      place: 'With state or country: Buffalo, NY.',
      date: 'A guess is fine; it can change.',
    },
    options: {
      host_kind: {
        union: 'Union hall or local',
        workplace: 'Workplace',
        campus: 'Campus or school',
        library: 'Library or museum',
        faith: 'Church, mosque, synagogue, temple',
        cinema: 'Cinema',
        community: 'Community centre or home',
        other: 'Somewhere else',
      },
      use: {
        class: 'In one class',
        campus: 'A screening on campus',
        library: 'In a library’s collection',
        streaming: 'Streaming for students',
        other: 'Something else',
      },
    },
  } satisfies Omit<StandardWords, 'titles'> as Omit<StandardWords, 'titles'>,
  problems: {
    required: (label: string) => `${label}: this is needed.`,
    too_long: (label: string, most: number) => `${label}: at most ${most} characters fit here.`,
    email: (label: string) => `${label}: this does not look like name@example.org.`,
    tel: (label: string) => `${label}: a telephone number has digits, such as +1 716 555 0100.`,
    url: (label: string) => `${label}: an address on the web starts with https://.`,
    number: (label: string) => `${label}: a whole number, such as 80.`,
    date: (label: string) => `${label}: a day, such as 2026-05-01.`,
    option: (label: string) => `${label}: please choose one of those offered.`,
    unknown: () =>
      'The form had a part that this page does not know. Please fill it in here and send it again.',
  } as Readonly<Record<AnswerProblem, (label: string, most: number) => string>>,
  before: {
    title: 'What happens next',
    inquiry:
      'The film’s team reads this and answers by mail. You get a copy of what you wrote. We keep it to answer you, and pass it to nobody.',
    newsletter:
      'First you get one mail with a link. Only when you open it and press its button are you on the list; if you do not, nothing more comes. Each mail has a link that ends them.',
    terms: 'What you agree to',
  },
  decoy: 'Leave this empty',
  proof: {
    waiting: 'Your browser does a small sum while you type, so that we need no picture puzzles.',
    working: 'Your browser is finishing its sum; the form is sent as soon as it is done.',
    failed: 'The sum did not work out. You can send the form all the same.',
  },
  refused: {
    title: 'Not sent yet',
    kept: 'Everything you typed is still here.',
    too_fast:
      'That was faster than people type, so it was held back. If you are one, press the button again.',
    decoy:
      'A field that people cannot see was filled in, as programs do. If your browser did it, press the button again: we have emptied it.',
    stamp: 'This page was open for very long, or came from elsewhere. Press the button again and it is sent.',
    proof_wrong: 'The sum that your browser did was not right. Press the button again; it does a new one.',
    proof_expired: 'The sum that your browser did has grown old. Press the button again; it does a new one.',
    proof_spent: 'The sum that your browser did was already used. Press the button again; it does a new one.',
    too_many: 'A lot was sent from your network within the last hour. Please try again in an hour.',
    write: 'Or write to us by mail, with what you typed:',
  },
  failed: {
    title: 'We could not take it',
    mail: 'Send it by mail instead',
    again: 'Or press the button again in a minute.',
  },
  tooLarge: {
    title: 'That was too much for this form',
    about:
      'A form takes up to 64 kB, some twenty pages of text. Nothing was sent. Go back in your browser: what you typed is still there. Shorten it, or write to us by mail.',
  },
  unreadable: {
    title: 'That was not a form',
    about:
      'What arrived could not be read as this site’s form. Nothing was kept. Please open the form and fill it in.',
  },
  open: 'Open the form',
  sent: {
    title: 'It has arrived',
    newsletter: 'One step is left',
    home: 'Back to the film',
    more: 'Other ways to reach us',
  },
  newsletter: {
    confirmTitle: 'One press and you are on the list',
    confirmAbout:
      'Somebody asked to get the mails of this film at your address. If it was you, press the button.',
    confirm: 'Yes, put me on the list',
    ignore: 'If it was not you, close this page: nothing more comes.',
    confirmedTitle: 'You are on the list',
    confirmedAbout:
      'Thank you. The next mail about the film comes to you. Each one has a link that ends them.',
    expiredTitle: 'This link has run out',
    expiredAbout: 'It was good for three days. Ask for a new one; it takes a minute.',
    unknownTitle: 'This link does not work',
    unknownAbout:
      'It may have been cut off by your mail program, or a newer mail has taken its place. Ask for a new one here.',
    again: 'Ask for a new link',
    stopTitle: 'Stop the mails',
    stopAbout: 'Press the button, and no more mails of this film come to your address.',
    stop: 'Stop the mails',
    stoppedTitle: 'The mails have stopped',
    stoppedAbout: 'You are off the list. If that was a mistake, you can ask to be put back.',
  },
};

/** The same shape in every language. */
export type FormsWords = typeof formsEn;
