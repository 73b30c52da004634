import type { FundWords } from './fund.en.ts';

export const fundEs: FundWords = {
  page: {
    title: 'El fondo solidario',
    lead: 'Quien puede, paga un poco más. Con eso entra gente que de otro modo no podría venir. A nadie se le pregunta por qué.',
    given: 'donados',
    paid: (places) => (places === 1 ? 'entrada pagada' : 'entradas pagadas'),
    waiting: (people) => (people === 1 ? 'persona en espera' : 'personas en espera'),
    left: 'quedan en el fondo',
    gifts: (count) => (count === 1 ? 'una donación' : `${count} donaciones`),
    spent: (amount) => `${amount} pagados por ellas`,
    setAside: (amount) => `${amount} apartados en este momento`,
    nobodyWaits: 'Nadie ha tenido que esperar',
    oldestFirst: 'En el orden en que la pidieron',
    none: 'Todavía no ha donado nadie.',
    how: 'Cómo funciona',
    ways: [
      'Quien compra entradas puede añadir una donación. Toda va al fondo; la película no se queda nada.',
      'Quien necesita una entrada la pide en dos pasos, con un nombre de pila o iniciales para la puerta.',
      'La primera donación que llega es la primera que se usa. Quien dejó una dirección recibe aviso cuando se usa la suya, y nunca de quién la usó.',
      'Estas cifras se leen de los libros de la película y cambian en segundos.',
    ],
    give: 'Donar con tus entradas',
    claim: 'Pedir una entrada',
    claimHow: 'Elige una proyección que venda entradas: en su página está el camino a una entrada gratis.',
  },
  box: {
    claim: 'Necesito una entrada gratis',
    about:
      'El fondo solidario paga por gente que de otro modo no podría venir. A nadie se le pregunta por qué.',
    more: 'Cómo está el fondo',
  },
  claim: {
    title: 'Una entrada del fondo solidario',
    back: 'Volver a la proyección',
    means: [
      'Otras personas la han pagado por adelantado. A ti no te cuesta nada y no debes nada.',
      'No se te pregunta quién eres, dónde trabajas ni por qué. En la puerta, tu entrada es como todas.',
      'Es una entrada para una persona.',
    ],
    step: (step) => `Paso ${step} de 2`,
    which: '¿Qué entrada?',
    next: 'Continuar',
    name: 'Un nombre para la puerta',
    nameHint: 'Basta un nombre de pila o unas iniciales.',
    address: 'Un correo para la entrada',
    addressHint:
      'Si lo dejas vacío, la entrada queda solo en la página siguiente: guarda su dirección. Si lo das, recibe la entrada y noticias de esta proyección, y nada más.',
    addressNeeded: 'Ahí llega la entrada, con noticias de esta proyección, y nada más.',
    go: 'Pedir esta entrada',
    offered: 'Esta entrada está guardada para ti.',
    byCode: 'En esta proyección el fondo paga por quienes tienen un código de una organización aliada.',
    code: 'Tu código',
    codeHint: 'Quien te lo dio sabe a quién; aquí nada lo dice.',
  },
  empty: {
    title: 'El fondo está vacío ahora mismo',
    about:
      'Todo lo donado ha pagado la entrada de alguien. Si dejas una dirección, te escribimos en cuanto el fondo pueda pagarte esta entrada. Se atiende por orden de llegada.',
    forgotten:
      'Solo se guardan la dirección y tu idioma, y ambos se borran cuando tomas la entrada, cuando se acaba tu plazo para tomarla o cuando empieza la proyección.',
    address: 'Correo electrónico',
    go: 'Avísame cuando haya una entrada',
    thanksTitle: 'Estás en la lista',
    thanks:
      'En cuanto el fondo pueda pagarte una entrada, llegará a tu dirección un correo con el camino. Dice hasta cuándo se guarda.',
    back: 'Volver a la proyección',
  },
  problems: {
    name: 'Un nombre para la puerta: basta un nombre de pila o unas iniciales.',
    address: 'Esto no parece nombre@example.org.',
    tooLong: 'Es más largo de lo que cabe aquí.',
    type: 'Elige una de estas entradas.',
    grant_one_place: 'El fondo paga una entrada para una persona: elige una sola con este código.',
    grant_and_gift: 'Una entrada del fondo y una donación van en dos pedidos.',
    grant_not_needed: 'Esta entrada es gratis: no hace falta código.',
    no_grants: 'El fondo solidario no paga entradas en esta proyección.',
    grant_needs_code: 'En esta proyección el fondo pide un código de una organización aliada.',
    grant_needs_address: 'En esta proyección la entrada necesita un correo al que llegar.',
    grant_taken: (days) =>
      `Con este correo se pidió una entrada en los últimos ${days} días. El fondo está para llegar a tanta gente como pueda.`,
    grants_gone: 'Ya se dieron todas las entradas que el fondo paga en esta proyección.',
    fund_empty: 'El fondo no puede pagar una entrada ahora mismo.',
    offer_over:
      'Se acabó el plazo en que se guardaba esta entrada, o ya se tomó. Puedes pedirla otra vez abajo.',
    too_many: 'Desde tu red se han pedido muchas entradas en una hora. Espera un rato, o escribe al equipo.',
    unreadable: 'Lo que llegó no se pudo leer como este formulario. Rellénalo aquí, por favor.',
  },
};
