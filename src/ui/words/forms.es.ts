import type { FormsWords } from './forms.en.ts';

export const formsEs: FormsWords = {
  required: 'obligatorio',
  optional: 'opcional',
  choose: 'Elige',
  yes: 'Sí',
  errorsTitle: 'Revisa esto, por favor',
  errorsAbout: 'Todavía no se ha enviado nada, y todo lo que escribiste sigue aquí.',
  errorPage: 'Revisa esto',
  send: 'Enviar',
  subscribe: 'Envíenme el enlace',
  standard: {
    introductions: {
      partner:
        'Cuéntanos quiénes son y qué les gustaría hacer con la película: una función para su gente, un acto, un lugar en nuestra lista de aliados.',
      host: 'Tú conoces la sala y a la gente; nosotros llevamos la película. Dinos dónde y para quién. Basta una idea para empezar.',
      press:
        'Para entrevistas, fotogramas, un pase privado o un dato que comprobar. Dinos tu fecha límite y la tendremos presente.',
      education:
        'Para clases, bibliotecas y campus. Cuéntanos cómo quieres usar la película y te enviamos lo que corresponde.',
      general: 'Una pregunta, una historia, una corrección: escríbela aquí.',
      newsletter: 'Pocos correos al año: dónde se ve la película y qué nace de ella.',
      other: '',
    },
    success: 'Gracias. Tus palabras han llegado, y una persona del equipo te responderá por correo.',
    successNewsletter:
      'Gracias. Si la dirección es correcta, va en camino un correo con un enlace. Estarás en la lista cuando abras ese enlace y pulses su botón.',
    failure:
      'Ahora mismo no pudimos recibirlo. No se ha perdido nada de lo que escribiste: sigue todo en el formulario de abajo.',
    consent: (title) =>
      `Quiero recibir correos de quienes hicieron ${title}: dónde se ve la película y qué nace de ella. Puedo dejar de recibirlos cuando quiera con el enlace de cada correo.`,
    labels: {
      name: 'Tu nombre',
      email: 'Tu correo electrónico',
      message: 'Tu mensaje',
      organisation: 'Organización',
      outlet: 'Para quién escribes',
      institution: 'Escuela, universidad o biblioteca',
      deadline: 'Tu fecha límite',
      use: 'Cómo usarías la película',
      host_kind: 'Dónde se vería',
      place: 'Ciudad o pueblo',
      date: 'Cuándo, si lo sabes',
      audience: 'Cuántas personas, más o menos',
    },
    hints: {
      email: 'Respondemos a esta dirección y no la usamos para nada más.',
      place: 'Con estado o país: Buffalo, NY.',
      date: 'Basta una idea; puede cambiar.',
    },
    options: {
      host_kind: {
        union: 'Local sindical',
        workplace: 'Lugar de trabajo',
        campus: 'Campus o escuela',
        library: 'Biblioteca o museo',
        faith: 'Iglesia, mezquita, sinagoga, templo',
        cinema: 'Cine',
        community: 'Centro comunitario o casa',
        other: 'Otro lugar',
      },
      use: {
        class: 'En una clase',
        campus: 'Una función en el campus',
        library: 'En la colección de una biblioteca',
        streaming: 'En línea para estudiantes',
        other: 'Otra cosa',
      },
    },
  },
  problems: {
    required: (label) => `${label}: hace falta.`,
    too_long: (label, most) => `${label}: aquí caben como mucho ${most} caracteres.`,
    email: (label) => `${label}: esto no se parece a nombre@example.org.`,
    tel: (label) => `${label}: un teléfono tiene cifras, como +1 716 555 0100.`,
    url: (label) => `${label}: una dirección de la web empieza con https://.`,
    number: (label) => `${label}: un número entero, como 80.`,
    date: (label) => `${label}: un día, como 2026-05-01.`,
    option: (label) => `${label}: elige una de las opciones.`,
    unknown: () =>
      'El formulario traía una parte que esta página no conoce. Complétalo aquí y envíalo de nuevo, por favor.',
  },
  before: {
    title: 'Qué pasa después',
    inquiry:
      'El equipo de la película lo lee y responde por correo. Recibes una copia de lo que escribiste. Lo guardamos para responderte y no se lo damos a nadie.',
    newsletter:
      'Primero recibes un correo con un enlace. Solo si lo abres y pulsas su botón entras en la lista; si no, no llega nada más. Cada correo trae un enlace para terminar.',
    terms: 'Qué aceptas',
  },
  decoy: 'Deja esto vacío',
  proof: {
    waiting:
      'Tu navegador hace una pequeña cuenta mientras escribes; así no hacen falta acertijos con imágenes.',
    working: 'Tu navegador está terminando su cuenta; el formulario se envía en cuanto acabe.',
    failed: 'La cuenta no salió. Puedes enviar el formulario de todos modos.',
  },
  refused: {
    title: 'Todavía sin enviar',
    kept: 'Todo lo que escribiste sigue aquí.',
    too_fast:
      'Fue más rápido de lo que escribe una persona, así que lo retuvimos. Si lo eres, pulsa el botón otra vez.',
    decoy:
      'Se rellenó un campo que las personas no ven, como hacen los programas. Si fue tu navegador, pulsa el botón otra vez: ya lo vaciamos.',
    stamp:
      'Esta página estuvo abierta mucho tiempo o vino de otro sitio. Pulsa el botón otra vez y se envía.',
    proof_wrong: 'La cuenta que hizo tu navegador no era correcta. Pulsa el botón otra vez; hará una nueva.',
    proof_expired: 'La cuenta que hizo tu navegador ya caducó. Pulsa el botón otra vez; hará una nueva.',
    proof_spent:
      'La cuenta que hizo tu navegador ya se había usado. Pulsa el botón otra vez; hará una nueva.',
    too_many: 'Desde tu red llegó mucho en la última hora. Inténtalo de nuevo dentro de una hora.',
    write: 'O escríbenos por correo, con lo que ya escribiste:',
  },
  failed: {
    title: 'No pudimos recibirlo',
    mail: 'Enviarlo por correo',
    again: 'O pulsa el botón otra vez dentro de un minuto.',
  },
  tooLarge: {
    title: 'Fue demasiado para este formulario',
    about:
      'Un formulario admite hasta 64 kB, unas veinte páginas de texto. No se envió nada. Vuelve atrás en tu navegador: lo que escribiste sigue ahí. Acórtalo o escríbenos por correo.',
  },
  unreadable: {
    title: 'Eso no era un formulario',
    about:
      'Lo que llegó no se pudo leer como formulario de este sitio. No se guardó nada. Abre el formulario y complétalo, por favor.',
  },
  open: 'Abrir el formulario',
  sent: {
    title: 'Ha llegado',
    newsletter: 'Falta un paso',
    home: 'Volver a la película',
    more: 'Otras formas de escribirnos',
  },
  newsletter: {
    confirmTitle: 'Un clic y estás en la lista',
    confirmAbout:
      'Alguien pidió recibir los correos de esta película en tu dirección. Si fuiste tú, pulsa el botón.',
    confirm: 'Sí, quiero estar en la lista',
    ignore: 'Si no fuiste tú, cierra esta página: no llegará nada más.',
    confirmedTitle: 'Estás en la lista',
    confirmedAbout:
      'Gracias. Recibirás el próximo correo sobre la película. Cada uno trae un enlace para terminar.',
    expiredTitle: 'Este enlace caducó',
    expiredAbout: 'Valía tres días. Pide uno nuevo; es un minuto.',
    unknownTitle: 'Este enlace no funciona',
    unknownAbout:
      'Quizá tu programa de correo lo cortó, o un correo más nuevo lo reemplazó. Pide uno nuevo aquí.',
    again: 'Pedir un enlace nuevo',
    stopTitle: 'Terminar los correos',
    stopAbout: 'Pulsa el botón y no llegarán más correos de esta película a tu dirección.',
    stop: 'Terminar los correos',
    stoppedTitle: 'Los correos terminaron',
    stoppedAbout: 'Ya no estás en la lista. Si fue un error, puedes pedir que te pongamos de nuevo.',
  },
};
