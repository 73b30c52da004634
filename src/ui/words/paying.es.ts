import type { PayingWords } from './paying.en.ts';

export const payingEs: PayingWords = {
  pay: {
    title: 'Pagar',
    go: (amount) => `Pagar ${amount}`,
    invoice: (days) => `Pagar con factura en ${days} días`,
    invoiceAbout: 'Recibes las entradas ahora y una factura por correo.',
    leading: 'A la página de pago',
    leadingAbout: (amount) => `Pagas ${amount} en la página de nuestro proveedor de pagos y vuelves aquí.`,
    open: 'Abrir la página de pago',
    waits: 'Tu página de pago está abierta',
    waitsAbout: 'Si la cerraste, ábrela otra vez aquí; es la misma página y nada se cobra dos veces.',
    pending: 'Tu banco se toma su tiempo',
    pendingAbout:
      'El pago está en camino. Tus lugares siguen reservados y las entradas llegan por correo cuando el pago llegue.',
    sandbox: 'Esto es una prueba: no se mueve dinero.',
    problems: {
      unreachable:
        'No se puede contactar ahora con el proveedor de pagos. No se cobró nada y tus lugares siguen reservados; prueba otra vez en un momento.',
      not_taken:
        'El proveedor de pagos no acepta ahora pagos para esta película. No se cobró nada. Avisa al equipo de la película, por favor.',
      nobody: 'Todavía nadie recibe pagos para esta película. No se cobró nada.',
      no_invoices: 'Esta película no se paga con factura.',
      address_needed: 'Una factura necesita una dirección de correo.',
      pays_elsewhere: 'Hay una página de pago abierta para este pedido. Paga allí, o espera a que termine.',
      screening_cancelled: 'Esta función está cancelada. No se cobró nada.',
      confirmed: 'Este pedido ya está pagado.',
      cancelled: 'Este pedido está cancelado.',
      nothing_due: 'No hay nada que pagar.',
    },
  },
  refund: {
    title: 'Devolver entradas',
    which: '¿Qué entradas devuelves?',
    about:
      'Sus lugares pasan a otras personas enseguida. El dinero vuelve por donde vino; un banco tarda unos días. Un regalo al fondo solidario se queda allí.',
    go: 'Devolver y recibir el dinero',
    goFree: 'Devolver',
    none: 'Elige al menos una entrada.',
    back: (amount) => `Te devolvemos ${amount}`,
    states: {
      asked: 'en camino',
      pending: 'en camino',
      'needs-action': 'espera tu respuesta a un correo del proveedor de pagos',
      succeeded: 'devuelto',
      failed: 'no llegó; el equipo de la película lo sabe',
    },
    problems: {
      no_refunds: 'Las entradas de esta película no se reembolsan.',
      too_late: 'Ya es tarde para devolver entradas de esta función.',
      nothing_left: 'Estas entradas ya se devolvieron.',
      admitted: 'Alguien entró con una de estas entradas; aquí ya no se puede devolver.',
      no_such_ticket: 'Esta entrada no es de este pedido.',
      not_confirmed: 'Este pedido no está pagado.',
    },
  },
  sandbox: {
    title: 'Pago de prueba',
    about:
      'Esto es una prueba. Aquí no se mueve dinero: sirve para probar la taquilla en tu propia máquina antes de tener una cuenta de pagos.',
    for: 'Para',
    amount: 'Importe',
    pay: 'Pagar',
    decline: 'Que se rechace la tarjeta',
    leave: 'Salir sin pagar',
    declined: 'La tarjeta fue rechazada. No se cobró nada; prueba otra vez o sal.',
    over: 'Esta página terminó. No se cobró nada.',
    paid: 'Esto ya estaba pagado.',
    back: 'Volver al pedido',
  },
};
