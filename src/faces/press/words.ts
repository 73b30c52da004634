/** Words of the press kit: its sheet of facts and its lists of credits. */
const en = {
  sheet: 'Press sheet',
  site: 'The film’s site',
  quote: (words: string): string => `“${words}”`,
  page: (number: number, of: number): string => `${number} of ${of}`,
  creditsFile: 'Please print the credit beside the picture.',
  noCredit: 'no credit asked',
  shows: 'Shows',
  credit: 'Credit',
  missing: 'not in this kit for its size; it is at',
};

const es: typeof en = {
  sheet: 'Hoja de prensa',
  site: 'El sitio de la película',
  quote: (words) => `«${words}»`,
  page: (number, of) => `${number} de ${of}`,
  creditsFile: 'Por favor, publica el crédito junto a la imagen.',
  noCredit: 'no se pide crédito',
  shows: 'Muestra',
  credit: 'Crédito',
  missing: 'no está en este paquete por su tamaño; se encuentra en',
};

/** English where we have not learned the language. */
export function kitWords(language: string): typeof en {
  return /^es(-|$)/.test(language) ? es : en;
}
