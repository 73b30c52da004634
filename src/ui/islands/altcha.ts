import ProofWorker from 'altcha/workers/pbkdf2?worker';
import { type Challenge, solveChallengeWorkers } from 'altcha-lib';

// A sum that takes longer than this is not worth a person's patience: the form is sent without it.
const patienceMs = 12_000;
// Half of what most machines have, so that typing stays smooth; a phone has at least two.
const workersMax = 4;

/**
 * `<form-proof challenge waiting working failed>`: while somebody types, solves the puzzle that the server
 * gives and puts the answer into the hidden field inside. All words come from the attributes.
 */
class FormProof extends HTMLElement {
  private solving: Promise<void> | null = null;
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private status: HTMLElement | null = null;

  connectedCallback(): void {
    const form = this.closest('form');
    if (!form || !globalThis.crypto?.subtle || this.status) return;
    this.status = document.createElement('p');
    this.status.className = 'form-proof-status';
    this.status.setAttribute('role', 'status');
    this.append(this.status);
    this.say('waiting');
    form.addEventListener('focusin', () => this.begin(), { once: true });
    form.addEventListener('submit', (event) => this.hold(event, form));
    // A page that comes back from the history carries an answer that is used up.
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.renew();
    });
  }

  private begin(): Promise<void> {
    this.solving ??= this.solve().catch(() => this.say('failed'));
    return this.solving;
  }

  private renew(): void {
    clearTimeout(this.renewal);
    this.answer('');
    this.solving = null;
    this.say('waiting');
    void this.begin();
  }

  private async solve(): Promise<void> {
    const response = await fetch(this.getAttribute('challenge') ?? '', { cache: 'no-store' });
    if (!response.ok) throw new Error(`${response.status}`);
    const challenge = (await response.json()) as Challenge;
    const solution = await solveChallengeWorkers({
      challenge,
      concurrency: Math.min(workersMax, Math.max(1, Math.floor(navigator.hardwareConcurrency / 2))),
      createWorker: () => new ProofWorker(),
      timeout: patienceMs,
    });
    if (!solution) throw new Error('no solution');
    this.answer(btoa(JSON.stringify({ challenge, solution })));
    const expiresAt = challenge.parameters.expiresAt;
    if (expiresAt === undefined) return;
    this.renewal = setTimeout(() => this.renew(), Math.max(60_000, expiresAt * 1_000 - Date.now() - 60_000));
  }

  /** Keeps a form that is sent too soon until the answer is there, then sends it as it was meant. */
  private hold(event: SubmitEvent, form: HTMLFormElement): void {
    if (this.field()?.value !== '' || this.dataset.gaveUp !== undefined) return;
    event.preventDefault();
    if (this.dataset.held !== undefined) return;
    this.dataset.held = '';
    this.say('working');
    const patience = new Promise<void>((done) => setTimeout(done, patienceMs));
    void Promise.race([this.begin(), patience]).then(() => {
      delete this.dataset.held;
      if (this.field()?.value === '') this.dataset.gaveUp = '';
      form.requestSubmit(event.submitter);
    });
  }

  private field(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private answer(value: string): void {
    const field = this.field();
    if (field) field.value = value;
  }

  private say(words: 'waiting' | 'working' | 'failed'): void {
    if (this.status) this.status.textContent = this.getAttribute(words);
  }
}

customElements.define('form-proof', FormProof);
