/**
 * Sorts the list of screenings by the browser's own position. The position is compared with the points that
 * the page carries and goes nowhere else: no request is made here. Its words come from its attributes.
 */
class NearMe extends HTMLElement {
  connectedCallback(): void {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-outline';
    button.textContent = this.dataset.button ?? '';
    button.addEventListener('click', () => this.ask(button));
    const said = document.createElement('p');
    said.className = 'near-hint';
    said.setAttribute('role', 'status');
    said.textContent = this.dataset.hint ?? '';
    this.replaceChildren(button, said);
  }

  private ask(button: HTMLButtonElement): void {
    if (!('geolocation' in navigator)) {
      this.say(this.dataset.refused);
      return;
    }
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        sortByDistance(coords, this.dataset);
        this.say(this.dataset.sorted);
      },
      () => {
        button.disabled = false;
        this.say(this.dataset.refused);
      },
      { maximumAge: 600_000, timeout: 15_000 },
    );
  }

  private say(words: string | undefined): void {
    const said = this.querySelector('[role=status]');
    if (said !== null) said.textContent = words ?? '';
  }
}

type Place = { readonly latitude: number; readonly longitude: number };

function sortByDistance(here: Place, words: DOMStringMap): void {
  const list = document.querySelector<HTMLElement>('[data-near-list]');
  if (list === null) return;
  const tickets = [...list.querySelectorAll<HTMLElement>('.ticket')].map((ticket) => ({
    ticket,
    km: kmTo(here, ticket.dataset.lat, ticket.dataset.lon),
  }));
  tickets.sort((one, other) => one.km - other.km);
  const heading = document.createElement('h2');
  heading.className = 'screenings-group';
  heading.textContent = words.title ?? '';
  const sorted = document.createElement('ul');
  sorted.className = 'tickets';
  for (const { ticket, km } of tickets) {
    if (Number.isFinite(km)) label(ticket, km, words);
    sorted.append(ticket);
  }
  const section = document.createElement('section');
  section.append(heading, sorted);
  list.replaceChildren(section);
}

function label(ticket: HTMLElement, km: number, { language = 'en', distance = '' }: DOMStringMap): void {
  const where = ticket.querySelector('.ticket-where');
  if (where === null) return;
  const said = where.querySelector('.ticket-distance') ?? document.createElement('span');
  said.className = 'ticket-distance';
  said.textContent = ` · ${distance
    .replace('{km}', rounded(km, language))
    .replace('{miles}', rounded(km / 1.609344, language))}`;
  where.append(said);
}

function rounded(distance: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: distance < 10 ? 1 : 0 }).format(distance);
}

/** The haversine formula, as the server's `kmBetween` has it; infinitely far without a place. */
function kmTo(here: Place, lat: string | undefined, lon: string | undefined): number {
  if (lat === undefined || lon === undefined) return Number.POSITIVE_INFINITY;
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [latitude, longitude] = [Number(lat), Number(lon)];
  const north = Math.sin(radians(latitude - here.latitude) / 2) ** 2;
  const east = Math.sin(radians(longitude - here.longitude) / 2) ** 2;
  const chord = north + Math.cos(radians(here.latitude)) * Math.cos(radians(latitude)) * east;
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

customElements.define('near-me', NearMe);
