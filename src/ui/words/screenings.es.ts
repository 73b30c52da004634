import type { ScreeningsWords } from './screenings.en.ts';

export const screeningsEs: ScreeningsWords = {
  states: {
    planned: 'Anunciada',
    'on sale': 'A la venta',
    'sold out': 'Agotada',
    postponed: 'Aplazada',
    cancelled: 'Cancelada',
    past: 'Pasada',
  },
  kinds: {
    cinema: 'Cine',
    community: 'Comunidad',
    campus: 'Campus',
    workplace: 'Trabajo',
    festival: 'Festival',
    virtual: 'En línea',
  },
  access: {
    open_captions: 'Subtítulos en pantalla',
    asl: 'Lengua de señas (ASL)',
    audio_description: 'Audiodescripción',
    step_free: 'Sin escalones',
    hearing_loop: 'Bucle magnético',
    wide_seats: 'Asientos anchos',
  },
  accessLabel: 'Accesibilidad',
  online: 'En línea',
  with: (names) => `Con ${names}`,
  tickets: 'Entradas',
  details: 'Detalles',
  detailsOf: (place) => `Detalles: ${place}`,
  past: 'Funciones pasadas',
};
