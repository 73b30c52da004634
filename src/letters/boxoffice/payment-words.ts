/** Words of the letters about money, by the buyer's language. */
const en = {
  hello: (name: string) => `Hello ${name},`,
  placesGone: {
    subject: (film: string) => `${film}: your places were gone, your money comes back`,
    about: (film: string, code: string, when: string) =>
      `your payment for ${film} (order ${code}, ${when}) arrived after the time for it was over, and the places had gone to others by then.`,
    cancelled: (film: string, code: string, when: string) =>
      `your payment for ${film} (order ${code}, ${when}) arrived, but the screening had been cancelled by then.`,
    back: (amount: string) =>
      `You get no tickets for it, and the whole ${amount} goes back the way it came. Your bank may take a few days to show it. You need do nothing.`,
    sorry: 'We are sorry for the trouble.',
  },
  refund: {
    subject: (film: string, amount: string) => `${film}: ${amount} is on its way back to you`,
    about: (film: string, code: string, amount: string) =>
      `we have given back ${amount} of your order ${code} for ${film}, the way it was paid. Your bank may take a few days to show it.`,
    twice: (film: string, code: string, amount: string) =>
      `your order ${code} for ${film} was paid twice. Your tickets are good; the second payment of ${amount} goes back the way it came.`,
    owed: (film: string, code: string, amount: string) =>
      `you owe ${amount} less for your order ${code} for ${film}: the tickets that you gave back are off the invoice.`,
  },
  invoice: {
    subject: (film: string, number: string) => `${film}: invoice ${number}`,
    about: (film: string, code: string, when: string) =>
      `thank you for your order ${code} for ${film}, ${when}. This is your invoice; the tickets come in a mail of their own.`,
    number: 'Invoice',
    date: 'Date',
    to: 'For',
    what: 'What',
    total: 'To pay',
    due: 'At the latest on',
    gift: 'Gift to the solidarity fund',
    how: (number: string) =>
      `Please name ${number} when you pay. How to pay, and questions: just answer this mail.`,
  },
};
export type PaymentWords = typeof en;

const es: PaymentWords = {
  hello: (name) => `Hola, ${name}:`,
  placesGone: {
    subject: (film) => `${film}: ya no quedaban lugares, tu dinero vuelve`,
    about: (film, code, when) =>
      `tu pago para ${film} (pedido ${code}, ${when}) llegó cuando ya había pasado su plazo, y los lugares ya eran de otras personas.`,
    cancelled: (film, code, when) =>
      `tu pago para ${film} (pedido ${code}, ${when}) llegó, pero la función ya se había cancelado.`,
    back: (amount) =>
      `No recibes entradas por él, y los ${amount} vuelven enteros por donde vinieron. Tu banco puede tardar unos días en mostrarlo. No tienes que hacer nada.`,
    sorry: 'Sentimos la molestia.',
  },
  refund: {
    subject: (film, amount) => `${film}: te devolvemos ${amount}`,
    about: (film, code, amount) =>
      `hemos devuelto ${amount} de tu pedido ${code} para ${film}, por donde se pagó. Tu banco puede tardar unos días en mostrarlo.`,
    twice: (film, code, amount) =>
      `tu pedido ${code} para ${film} se pagó dos veces. Tus entradas son válidas; el segundo pago de ${amount} vuelve por donde vino.`,
    owed: (film, code, amount) =>
      `debes ${amount} menos por tu pedido ${code} para ${film}: las entradas que devolviste ya no están en la factura.`,
  },
  invoice: {
    subject: (film, number) => `${film}: factura ${number}`,
    about: (film, code, when) =>
      `gracias por tu pedido ${code} para ${film}, ${when}. Esta es tu factura; las entradas llegan en otro correo.`,
    number: 'Factura',
    date: 'Fecha',
    to: 'Para',
    what: 'Qué',
    total: 'A pagar',
    due: 'A más tardar el',
    gift: 'Regalo al fondo solidario',
    how: (number) =>
      `Menciona ${number} al pagar, por favor. Cómo pagar, y preguntas: responde a este correo.`,
  },
};

/** The words of a buyer's language; English where we have not learned it. */
export function paymentWords(language: string): PaymentWords {
  return /^es(-|$)/.test(language) ? es : en;
}
