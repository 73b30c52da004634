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
  grantOffered: {
    subject: (film: string) => `${film}: a place is paid for you`,
    about: (film: string, when: string) =>
      `You asked for a place at ${film} (${when}) while the solidarity fund was empty. Now somebody has given, and the fund pays a place for you.`,
    button: 'Take the place',
    below: 'If the button does not work, copy this address into your browser:',
    until: (when: string) => `It is kept for you until ${when}. Then it goes to the next who asked.`,
    over: 'The fund pays the place as long as the house has one left. If you can no longer come, you need not do anything. Your address was kept for this one letter and is deleted when the place is taken or the time is over.',
  },
  giftUsed: {
    subject: (film: string) => `${film}: your gift was used`,
    about: (amount: string, film: string) =>
      `Your gift of ${amount} to the solidarity fund of ${film} has been used, to the last cent: it paid for somebody who could not have come otherwise. Who it was, nobody is asked. Thank you.`,
    once: 'This is the only mail about this gift.',
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
  grantOffered: {
    subject: (film) => `${film}: hay una entrada pagada para ti`,
    about: (film, when) =>
      `Pediste una entrada para ${film} (${when}) cuando el fondo solidario estaba vacío. Ahora alguien ha donado, y el fondo paga una entrada para ti.`,
    button: 'Tomar la entrada',
    below: 'Si el botón no funciona, copia esta dirección en tu navegador:',
    until: (when) => `Se guarda para ti hasta ${when}. Después pasa a la siguiente persona que la pidió.`,
    over: 'El fondo paga la entrada mientras quede sitio en la sala. Si ya no puedes ir, no tienes que hacer nada. Tu dirección se guardó para este único correo y se borra cuando se toma la entrada o se acaba el plazo.',
  },
  giftUsed: {
    subject: (film) => `${film}: tu donación se ha usado`,
    about: (amount, film) =>
      `Tu donación de ${amount} al fondo solidario de ${film} se ha usado hasta el último céntimo: pagó la entrada de alguien que de otro modo no habría podido ir. A nadie se le pregunta quién es. Gracias.`,
    once: 'Este es el único correo sobre esta donación.',
  },
};

/** The words of a visitor's language; English where we have not learned it. */
export function letterWords(language: string): LetterWords {
  return /^es(-|$)/.test(language) ? es : en;
}
