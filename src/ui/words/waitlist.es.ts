import type { WaitlistWords } from './waitlist.en.ts';

const hoursOf = (hours: number): string => (hours === 1 ? 'una hora' : `${hours} horas`);

/** Palabras de la lista de espera. */
export const waitlistEs: WaitlistWords = {
  join: {
    title: 'Unirse a la lista de espera',
    link: 'Unirse a la lista de espera',
    lead: 'Cuando vuelve un lugar, se ofrece a quien lleva más tiempo esperando. Unirse no cuesta nada y no te obliga a nada.',
    address: 'Tu correo electrónico',
    addressHint: 'Ahí llega la oferta. La dirección se usa para esta función y para nada más.',
    places: 'Cuántos lugares',
    go: 'Unirme a la lista',
  },
  sent: {
    title: 'Estás en la fila',
    about:
      'Un correo lo confirma y lleva a tu lugar en la fila. Si esta dirección ya estaba, conserva su primer lugar y no llega un segundo correo.',
  },
  entry: {
    waiting: (ahead) =>
      ahead === 0 ? 'Eres la siguiente persona.' : ahead === 1 ? 'Hay una antes.' : `Hay ${ahead} antes.`,
    waitingTitle: 'Estás en la fila',
    waitingAbout: (hours) =>
      `Cuando un lugar vuelva para ti, un correo lo dirá y quedará guardado ${hoursOf(hours)}.`,
    offeredTitle: (places) =>
      places === 1 ? 'Hay un lugar guardado para ti' : `Hay ${places} lugares guardados para ti`,
    offeredAbout: (until) => `Hasta ${until}. Después es de la persona siguiente.`,
    take: 'Lo tomo',
    giveUp: 'Ya no lo necesito',
    leave: 'Salir de la fila',
    overTitle: 'El tiempo de esta oferta terminó',
    overAbout: 'Pasó a la persona siguiente. Puedes unirte otra vez al final.',
    takenTitle: 'Tomaste la oferta',
    takenAbout: 'Tu pedido tiene su propia página; su dirección está en tu correo.',
    leftTitle: 'Saliste de la fila',
    leftAbout: 'No llegan más correos sobre esto. Puedes unirte otra vez al final.',
    again: 'Unirme otra vez',
  },
  letter: {
    joined: {
      subject: (film) => `${film}: estás en la lista de espera`,
      about: (film, places) =>
        places === 1 ? `esperas un lugar para ${film}.` : `esperas ${places} lugares para ${film}.`,
      rule: (hours) =>
        `Cuando un lugar vuelva para ti, un correo lo dirá y quedará guardado ${hoursOf(hours)}. Después pasa a la persona siguiente.`,
      open: 'Ver tu lugar o salir de la fila',
    },
    offered: {
      subject: (film) => `${film}: un lugar para ti`,
      about: (film, places) =>
        places === 1
          ? `volvió un lugar para ${film}, y es tuyo si lo quieres.`
          : `volvieron ${places} lugares para ${film}, y son tuyos si los quieres.`,
      until: (moment) => `Queda guardado para ti hasta ${moment}.`,
      open: 'Lo tomo',
    },
    hello: 'Hola:',
    below: 'Si el botón no funciona, copia esta dirección en tu navegador:',
    notMe: 'Si no lo pediste, alguien escribió tu dirección. No hagas nada y no pasará nada más.',
  },
  problems: {
    address_wrong: 'Esto no parece nombre@ejemplo.org.',
    quantity_wrong: (most) => `Un número entero de lugares, de 1 a ${most}.`,
    not_full: 'Ahora hay lugares: no hace falta esperar.',
    closed: 'Esta función no tiene lista de espera.',
    buy: 'Comprar entradas',
  },
};
