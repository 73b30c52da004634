/** Words of forms: around the fields, not in them. */
export const formsEn = {
  required: 'required',
  optional: 'optional',
  choose: 'Choose',
  errorsTitle: 'Please look at these again',
  errorsAbout: 'Nothing was sent yet, and everything you typed is still here.',
  send: 'Send',
};

/** The same shape in every language. */
export type FormsWords = typeof formsEn;
