// Where paper is Letter: https://en.wikipedia.org/wiki/Letter_(paper_size)#North_American_usage
const letterCountries = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'CR', 'GT', 'VE', 'DO', 'PR']);

/** The paper that people have in their printers, by where they are. */
export function paperFor(countries: readonly string[]): 'LETTER' | 'A4' {
  return countries.some((country) => letterCountries.has(country)) ? 'LETTER' : 'A4';
}
