/** Words of the letters that go to visitors, by language. The team's own letters are in English, as its desk is. */
const en = {
  received: {
    subject: (film: string) => `${film}: we have your message`,
    hello: (name: string) => `Hello ${name},`,
    about: (film: string) =>
      `what you wrote to the makers of ${film} has arrived, and a person will answer you. This is your copy.`,
    wrote: 'What you wrote',
    code: (code: string) => `If you write about it again, name ${code}, or just answer this mail.`,
    notMe:
      'If you did not write this, somebody typed your address. You need not do anything, and we are sorry for the mail.',
  },
  reply: {
    subject: (film: string, form: string) => `${film}: your message (${form})`,
    from: (person: string, film: string) => `${person}\nfor ${film}`,
    wrote: (day: string) => `On ${day} you wrote:`,
    code: (code: string) => `To go on, just answer this mail. It is about ${code}.`,
  },
  optIn: {
    subject: (film: string) => `${film}: one press and you are on the list`,
    about: (film: string) =>
      `Somebody, most likely you, asked that this address gets the mails about ${film}. If it was you, press here:`,
    button: 'Yes, put me on the list',
    below: 'If the button does not work, copy this address into your browser:',
    agreed: 'What you agree to with it',
    until: (days: number) => `The link is good for ${days} days.`,
    notMe: 'If it was not you, do nothing: without the button nothing more comes.',
  },
  known: {
    subject: (film: string) => `${film}: you are on the list already`,
    about: (film: string) =>
      `Somebody, most likely you, asked that this address gets the mails about ${film}. It does already, so there is nothing to do.`,
    stop: 'Stop the mails',
    below: 'To get no more of them, open this address:',
  },
};
export type LetterWords = typeof en;

const es: LetterWords = {
  received: {
    subject: (film) => `${film}: tenemos tu mensaje`,
    hello: (name) => `Hola, ${name}:`,
    about: (film) =>
      `Lo que escribiste a quienes hicieron ${film} ha llegado, y una persona te responderá. Esta es tu copia.`,
    wrote: 'Lo que escribiste',
    code: (code) => `Si vuelves a escribir sobre esto, menciona ${code}, o responde a este correo.`,
    notMe:
      'Si no lo escribiste tú, alguien puso tu dirección. No tienes que hacer nada; perdona la molestia.',
  },
  reply: {
    subject: (film, form) => `${film}: tu mensaje (${form})`,
    from: (person, film) => `${person}\npor ${film}`,
    wrote: (day) => `El ${day} escribiste:`,
    code: (code) => `Para seguir, responde a este correo. Trata de ${code}.`,
  },
  optIn: {
    subject: (film) => `${film}: un clic y estás en la lista`,
    about: (film) =>
      `Alguien, seguramente tú, pidió que esta dirección reciba los correos sobre ${film}. Si fuiste tú, pulsa aquí:`,
    button: 'Sí, quiero estar en la lista',
    below: 'Si el botón no funciona, copia esta dirección en tu navegador:',
    agreed: 'Qué aceptas con ello',
    until: (days) => `El enlace vale ${days} días.`,
    notMe: 'Si no fuiste tú, no hagas nada: sin el botón no llega nada más.',
  },
  known: {
    subject: (film) => `${film}: ya estás en la lista`,
    about: (film) =>
      `Alguien, seguramente tú, pidió que esta dirección reciba los correos sobre ${film}. Ya los recibe, así que no hay nada que hacer.`,
    stop: 'Terminar los correos',
    below: 'Para no recibir más, abre esta dirección:',
  },
};

/** The words of a visitor's language; English where we have not learned it. */
export function letterWords(language: string): LetterWords {
  return /^es(-|$)/.test(language) ? es : en;
}
