/** As the box office names it. */
type ChangeKind = 'cancelled' | 'postponed' | 'moved' | 'restored';

/** What people with tickets are told of a screening that is another than they know, and what they may do. */
const en = {
  subject: {
    cancelled: (film: string): string => `${film}: your screening is cancelled`,
    postponed: (film: string): string => `${film}: your screening is postponed`,
    moved: (film: string): string => `${film}: your screening has moved`,
    restored: (film: string): string => `${film}: your screening takes place after all`,
  },
  hello: (name: string): string => `Hello ${name},`,
  about: {
    cancelled: (film: string): string =>
      `the screening of ${film} that you have tickets for will not take place. We are sorry.`,
    postponed: (film: string): string =>
      `the screening of ${film} that you have tickets for is postponed. We do not know the new day yet, and will write to you again when we do.`,
    moved: (film: string): string =>
      `the screening of ${film} that you have tickets for is at another time or place.`,
    restored: (film: string): string =>
      `the screening of ${film} that you have tickets for takes place after all. Your tickets are good.`,
  },
  was: 'It was',
  is: 'It is now',
  goTo: 'Your tickets are good for',
  order: (code: string, tickets: number): string =>
    tickets === 1 ? `Order ${code}, one ticket` : `Order ${code}, ${tickets} tickets`,
  mayKeep: 'Your tickets stay good: if that suits you, there is nothing to do. Otherwise, choose here:',
  must: 'Choose what becomes of your tickets:',
  button: 'Choose',
  below: 'The link is yours alone: whoever has it can change your order. Its address:',
  page: {
    title: {
      cancelled: 'Your screening is cancelled',
      postponed: 'Your screening is postponed',
      moved: 'Your screening has moved',
      restored: 'Your screening takes place after all',
    },
    keepTitle: 'Keep the tickets',
    keepAbout: 'They stay good as they are.',
    keep: 'Keep them',
    exchangeTitle: 'Come to another screening',
    exchangeAbout:
      'At no more than you paid; nothing is charged, and nothing is paid back. New tickets are sent to you.',
    exchange: 'Exchange them',
    exchangeNone: 'No other screening has places for all of you just now.',
    places: (free: number): string => (free === 1 ? 'one place free' : `${free} places free`),
    refundTitle: 'Have your money back',
    refundTitleFree: 'Give the tickets back',
    refundAbout: 'All that you paid for the tickets, the way that you paid it.',
    refundAboutFree: 'Nothing was paid. Somebody else gets your places.',
    refund: 'Give them back',
    chosen: {
      keep: 'You keep your tickets. You may still choose otherwise.',
      exchange: 'Your tickets are exchanged.',
      refund:
        'You give your tickets back. The team pays back what you paid for them, the way that you paid it.',
    },
    order: 'See your order',
    problems: {
      nothing_chosen: 'Choose one of the three.',
      places_gone: 'The last places there went while you chose. Your tickets are as they were.',
      not_exchangeable: 'That screening takes no exchange any more. Your tickets are as they were.',
      already_chosen: 'This was chosen before, and stands.',
      nothing_to_keep: 'This screening does not take place.',
      too_late: 'This screening is over. Write to us if something is still to be settled.',
    },
  },
};

/** The same shape in every language. */
export type ChangeWords = typeof en;

const es: ChangeWords = {
  subject: {
    cancelled: (film) => `${film}: tu función se cancela`,
    postponed: (film) => `${film}: tu función se aplaza`,
    moved: (film) => `${film}: tu función ha cambiado`,
    restored: (film) => `${film}: tu función sí tendrá lugar`,
  },
  hello: (name) => `Hola, ${name}:`,
  about: {
    cancelled: (film) => `la función de ${film} para la que tienes entradas no tendrá lugar. Lo sentimos.`,
    postponed: (film) =>
      `la función de ${film} para la que tienes entradas se aplaza. Aún no sabemos la nueva fecha; te escribiremos cuando la sepamos.`,
    moved: (film) => `la función de ${film} para la que tienes entradas cambia de hora o de lugar.`,
    restored: (film) =>
      `la función de ${film} para la que tienes entradas sí tendrá lugar. Tus entradas son válidas.`,
  },
  was: 'Era',
  is: 'Ahora es',
  goTo: 'Tus entradas valen para',
  order: (code, tickets) =>
    tickets === 1 ? `Pedido ${code}, una entrada` : `Pedido ${code}, ${tickets} entradas`,
  mayKeep: 'Tus entradas siguen siendo válidas: si te viene bien, no hay nada que hacer. Si no, elige aquí:',
  must: 'Elige qué pasa con tus entradas:',
  button: 'Elegir',
  below: 'El enlace es solo tuyo: quien lo tenga puede cambiar tu pedido. Su dirección:',
  page: {
    title: {
      cancelled: 'Tu función se cancela',
      postponed: 'Tu función se aplaza',
      moved: 'Tu función ha cambiado',
      restored: 'Tu función sí tendrá lugar',
    },
    keepTitle: 'Conservar las entradas',
    keepAbout: 'Siguen siendo válidas tal como están.',
    keep: 'Conservarlas',
    exchangeTitle: 'Venir a otra función',
    exchangeAbout:
      'Por no más de lo que pagaste; no se cobra ni se devuelve nada. Te enviamos entradas nuevas.',
    exchange: 'Cambiarlas',
    exchangeNone: 'Ninguna otra función tiene ahora lugar para todas tus entradas.',
    places: (free) => (free === 1 ? 'un lugar libre' : `${free} lugares libres`),
    refundTitle: 'Recuperar tu dinero',
    refundTitleFree: 'Devolver las entradas',
    refundAbout: 'Todo lo que pagaste por las entradas, por la misma vía.',
    refundAboutFree: 'No se pagó nada. Otra persona recibe tus lugares.',
    refund: 'Devolverlas',
    chosen: {
      keep: 'Conservas tus entradas. Todavía puedes elegir otra cosa.',
      exchange: 'Tus entradas están cambiadas.',
      refund: 'Devuelves tus entradas. El equipo te devuelve lo que pagaste por ellas, por la misma vía.',
    },
    order: 'Ver tu pedido',
    problems: {
      nothing_chosen: 'Elige una de las tres cosas.',
      places_gone: 'Los últimos lugares se fueron mientras elegías. Tus entradas están como estaban.',
      not_exchangeable: 'Esa función ya no admite cambios. Tus entradas están como estaban.',
      already_chosen: 'Esto ya se eligió, y queda así.',
      nothing_to_keep: 'Esta función no tendrá lugar.',
      too_late: 'Esta función ya pasó. Escríbenos si queda algo por resolver.',
    },
  },
};

/** The words of a change in a language; English where we have not learned it. */
export function changeWords(language: string): ChangeWords {
  return /^es(-|$)/.test(language) ? es : en;
}

/** Whether somebody's tickets stay good by themselves. */
export const mayKeep = (kind: ChangeKind): boolean => kind !== 'cancelled';
