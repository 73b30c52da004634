import type { FormsWords } from './forms.en.ts';

export const formsEs: FormsWords = {
  required: 'obligatorio',
  optional: 'opcional',
  choose: 'Elige',
  errorsTitle: 'Revisa esto, por favor',
  errorsAbout: 'Todavía no se ha enviado nada, y todo lo que escribiste sigue aquí.',
  send: 'Enviar',
};
