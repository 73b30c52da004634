import type { DoorReason, Light } from '../../../domain/boxoffice/door-rules.ts';
import type { WireCounts, WireScan } from '../../../domain/boxoffice/door-wire.ts';
import type { Line } from './door-line.ts';
import type { Before, DoorRow } from './door-state.ts';
import { doorWords, sayAgo } from './door-words.ts';

/** What the door sees of one scan. */
export type Shown = {
  readonly light: Light;
  readonly reason: DoorReason;
  readonly row: DoorRow | null;
  readonly before: Before | null;
};

/** The app's page: everything that changes on it, and nothing else. */
export type DoorView = {
  readonly input: HTMLInputElement;
  readonly camera: HTMLButtonElement;
  readonly video: HTMLVideoElement;
  readonly forget: HTMLButtonElement;
  onLook(look: (typed: string) => void): void;
  onType(type: (typed: string) => void): void;
  light(shown: Shown, takeBack: (() => void) | null): void;
  quiet(words: string): void;
  line(line: Line, waiting: number, since: number | null): void;
  counts(counts: WireCounts | null, own: number): void;
  list(words: string): void;
  found(rows: readonly DoorRow[], isIn: (id: string) => boolean, letIn: (row: DoorRow) => void): void;
  conflicts(scans: readonly WireScan[], rowOf: (ticketId: string) => DoorRow | null): void;
};

type Make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text?: string,
  ...children: readonly Node[]
) => HTMLElementTagNameMap[K];

const make: Make = (tag, className, text = '', ...children) => {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  element.append(...children);
  return element;
};

/** Builds the page into the app's element. */
export function buildDoorView(root: HTMLElement): DoorView {
  const line = make('p', 'door-line');
  line.setAttribute('role', 'status');
  const counts = make('p', 'door-counts');
  const light = make('section', 'door-light');
  light.setAttribute('aria-live', 'assertive');
  light.tabIndex = -1;
  const video = make('video', 'door-video');
  Object.assign(video, { muted: true, playsInline: true, hidden: true });
  const label = make('label', '', 'Ticket code or name');
  const input = make('input', '');
  Object.assign(input, { id: 'door-typed', type: 'search', autocomplete: 'off', enterKeyHint: 'search' });
  input.setAttribute('autocapitalize', 'characters');
  label.htmlFor = input.id;
  const look = make('button', 'door-look', 'Look up');
  const form = make('form', 'door-form', '', label, make('div', 'door-typed', '', input, look));
  const camera = make('button', 'door-camera', 'Scan with the camera');
  camera.type = 'button';
  const found = make('ul', 'door-found');
  const list = make('p', 'door-list');
  const conflicts = make('section', 'door-conflicts');
  const forget = make('button', 'door-forget', 'Clear this door from the device');
  forget.type = 'button';
  root.replaceChildren(line, light, counts, video, camera, form, found, conflicts, list, forget);
  quietly(light, 'Ready');
  return {
    ...{ input, camera, video, forget },
    onLook(look) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        look(input.value);
      });
    },
    onType: (type) => input.addEventListener('input', () => type(input.value)),
    light: (shown, takeBack) => showLight(light, shown, takeBack),
    quiet: (words) => quietly(light, words),
    line(state, waiting, since) {
      line.dataset.line = state;
      line.textContent = sayLine(state, waiting, since);
    },
    counts(said, own) {
      counts.textContent =
        said === null ? `${own} let in on this device` : `${said.admitted} inside of ${said.expected}`;
    },
    list: (words) => {
      list.textContent = words;
    },
    found: (rows, isIn, letIn) => showFound(found, rows, isIn, letIn),
    conflicts: (scans, rowOf) => showConflicts(conflicts, scans, rowOf),
  };
}

function quietly(light: HTMLElement, words: string): void {
  light.dataset.light = 'none';
  light.replaceChildren(make('p', 'door-title', words));
}

function showLight(
  light: HTMLElement,
  { light: colour, reason, row, before }: Shown,
  takeBack: (() => void) | null,
) {
  const { title, about } = doorWords[reason];
  light.dataset.light = colour;
  light.dataset.reason = reason;
  // A shape beside the colour, for whoever cannot tell the colours apart.
  const shape = { green: '✓', amber: '!', red: '✕' }[colour];
  const mark = make('span', 'door-shape', shape);
  mark.setAttribute('aria-hidden', 'true');
  const lines = [make('p', 'door-title', '', mark, document.createTextNode(title))];
  if (row !== null) {
    if (row.name !== '') lines.push(make('p', 'door-name', row.name));
    lines.push(make('p', 'door-what', `${row.type} · ${row.code}`));
  }
  if (before !== null && reason === 'already_in')
    lines.push(make('p', 'door-what', `Let in ${sayAgo(before.at, Date.now())} at ${before.device}`));
  if (about !== '') lines.push(make('p', 'door-about', about));
  light.replaceChildren(...lines);
  if (takeBack === null) return;
  const back = make('button', 'door-back', 'Take back');
  back.type = 'button';
  back.addEventListener('click', takeBack);
  light.append(back);
}

function sayLine(state: Line, waiting: number, since: number | null): string {
  const left =
    waiting === 0 ? '' : ` ${waiting === 1 ? 'One scan waits' : `${waiting} scans wait`} to be sent.`;
  if (state === 'online') return `Online.${left}`;
  const from = since === null ? '' : ` since ${new Date(since).toLocaleTimeString('en', timeStyle)}`;
  if (state === 'offline') return `Offline${from}. Scanning goes on; nothing is lost.${left}`;
  return `Signed out. Scanning goes on; sign in again on this device to send.${left}`;
}

const timeStyle = { hour: 'numeric', minute: '2-digit' } as const;

function showFound(
  found: HTMLElement,
  rows: readonly DoorRow[],
  isIn: (id: string) => boolean,
  letIn: (row: DoorRow) => void,
): void {
  const items = rows.map((row) => {
    const name = make('strong', '', row.name === '' ? 'No name' : row.name);
    const state = row.isCancelled ? ' · cancelled' : isIn(row.id) ? ' · already in' : '';
    const what = make('span', '', `${row.type} · ${row.code}${state}`);
    const button = make('button', 'door-letin', 'Let in');
    button.type = 'button';
    button.setAttribute('aria-label', `Let in ${row.name}, ${row.code}`);
    button.addEventListener('click', () => letIn(row));
    return make('li', '', '', make('div', '', '', name, what), button);
  });
  found.replaceChildren(...items);
}

function showConflicts(
  place: HTMLElement,
  scans: readonly WireScan[],
  rowOf: (ticketId: string) => DoorRow | null,
): void {
  const again = scans.filter(({ verdict, isUndone }) => verdict === 'conflict' && !isUndone);
  place.hidden = again.length === 0;
  if (again.length === 0) return;
  const items = again.map(({ ticketId, device, at }) => {
    const row = ticketId === null ? null : rowOf(ticketId);
    const first = scans.find(
      (scan) => scan.ticketId === ticketId && scan.verdict === 'admitted' && !scan.isUndone,
    );
    const other = first === undefined ? '' : `; first at ${first.device}, ${sayAgo(first.at, Date.now())}`;
    const name = [row?.name, row?.code].filter(Boolean).join(' · ');
    return make('li', '', `${name}: let in again at ${device}, ${sayAgo(at, Date.now())}${other}`);
  });
  const title = again.length === 1 ? 'One ticket was let in twice' : `${again.length} were let in again`;
  place.replaceChildren(make('h2', '', title), make('ul', '', '', ...items));
}
