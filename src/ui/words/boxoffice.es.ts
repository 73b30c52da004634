import type { BoxofficeWords } from './boxoffice.en.ts';

/** Words of tickets, in Spanish. */
export const boxofficeEs: BoxofficeWords = {
  refund: {
    until: (moment) => `Puedes devolver entradas hasta el ${moment} y recuperar lo que pagaste por ellas.`,
    never: 'Las entradas no se devuelven por dinero, pero puedes pasarlas a otra persona.',
  },
  paper: {
    title: (film) => `Entradas para ${film}`,
    ticket: 'Entrada',
    qr: (code) => `Código QR de la entrada ${code}`,
    guest: 'Para',
    type: 'Tipo',
    when: 'Cuándo',
    where: 'Dónde',
    access: 'Accesibilidad',
    code: 'Código',
    show: 'Muéstrala en la puerta, en papel o en el teléfono. Cada entrada deja pasar a una persona, una vez.',
    page: (number, of) => `${number} de ${of}`,
    none: 'Ninguna entrada de este pedido es tuya para imprimir: se anularon o se pasaron a otra persona.',
  },
  letter: {
    subject: (film, count) => (count === 1 ? `${film}: tu entrada` : `${film}: tus ${count} entradas`),
    hello: (name) => `Hola, ${name}:`,
    about: (film, count) =>
      count === 1 ? `esta es tu entrada para ${film}.` : `estas son tus ${count} entradas para ${film}.`,
    attached:
      'La entrada y la cita para el calendario van adjuntas. Muestra el código QR en la puerta, en papel o en el teléfono; el código escrito también sirve.',
    open: 'Abrir tu pedido',
    below: 'Ahí están los nombres, pasar entradas y devolverlas. Guarda la dirección: es la llave.',
    directions: 'Cómo llegar',
    rule: 'Devoluciones',
    access: 'Accesibilidad',
    accessNone: 'No hay nada anotado. Responde a este correo si necesitas algo, y lo veremos.',
    notMe: 'Si no lo pediste tú, alguien puso tu dirección. Responde a este correo y lo arreglaremos.',
  },
  handedOn: {
    subject: (film) => `${film}: una entrada para ti`,
    about: (giver, film) => `${giver} te ha pasado una entrada para ${film}.`,
    attached:
      'Va adjunta. Muestra el código QR en la puerta, en papel o en el teléfono. Lo que se imprimió antes ya no deja pasar a nadie.',
  },
  tickets: {
    title: (count) => (count === 1 ? 'Tu entrada' : 'Tus entradas'),
    order: (code) => `Pedido ${code}`,
    back: 'Volver al pedido',
    show: 'Mostrar, nombrar o pasar',
    pdf: 'Entradas en PDF',
    calendar: 'Al calendario',
    name: 'Quién viene con ella',
    nameHint: 'Solo si quieres. La lista de la puerta lo muestra.',
    save: 'Guardar el nombre',
    saved: 'El nombre está guardado.',
    handOn: 'Pasar esta entrada',
    handOnAbout:
      'Lo que se imprimió o guardó antes ya no dejará pasar a nadie. Con una dirección, la nueva entrada se envía allí y ya no se muestra aquí.',
    newName: 'A quién',
    newAddress: 'Su correo electrónico, si hay que enviársela',
    handOnDo: 'Pasarla',
    handedOn: 'La entrada ha cambiado de manos.',
    isWith: (name) => `Esta entrada la tiene ${name}. La recibió por correo.`,
    cancelled: 'Anulada: ya no deja pasar a nadie.',
    resend: 'Enviar el correo otra vez',
    resent: 'El correo va de nuevo en camino.',
    problems: {
      name_missing: 'Hace falta un nombre.',
      name_too_long: 'Como mucho 200 caracteres.',
      address_wrong: 'No parece nombre@example.org.',
      ticket_used: 'Alguien ya ha entrado con esta entrada.',
      ticket_cancelled: 'Esta entrada está anulada.',
      no_such_ticket: 'Esta entrada no es del pedido.',
      screening_over: 'La función ya pasó: nada cambia ya.',
      not_confirmed: 'Este pedido aún no tiene entradas, o ya no las tiene.',
      no_address: 'El pedido no tiene dirección a la que escribir.',
      letter_sent_lately:
        'Se envió hace un momento. Mira en el correo no deseado, o prueba dentro de dos minutos.',
      letter_sent_often: 'Se envió cinco veces. Escríbenos y averiguaremos adónde va.',
      handed_on_often: 'Esta entrada ha cambiado de manos demasiadas veces. Escríbenos.',
      unreadable: 'Lo que llegó no se pudo leer como este formulario. Rellénalo aquí.',
    },
  },
};
