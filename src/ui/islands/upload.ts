import './parts/focal-point.ts';
import { FileRows } from './parts/file-rows.ts';
import { type Sending, sendForm } from './parts/send-form.ts';

/**
 * Sends a form's files with progress and a way to stop, takes files that are dropped on it, and where it may
 * take several at once asks for the words of each. Without script the same form sends one file at a time. Its
 * words come from its attributes.
 */
class PictureUpload extends HTMLElement {
  private sending: Sending | null = null;
  private rows: FileRows | null = null;

  connectedCallback(): void {
    const form = this.querySelector('form');
    if (form === null) return;
    for (const input of form.querySelectorAll<HTMLInputElement>('input[type="file"]'))
      this.acceptDrops(input);
    if (this.dataset.several !== undefined) this.rows = FileRows.on(form, this.dataset.several);
    form.addEventListener('submit', (event) => {
      const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
      if (submitter?.value !== 'save' || !hasFiles(form)) return;
      event.preventDefault();
      if (this.sending === null) void this.send(form, submitter);
    });
  }

  disconnectedCallback(): void {
    this.sending?.stop();
  }

  private acceptDrops(input: HTMLInputElement): void {
    const zone = input.closest<HTMLElement>('.film-file');
    if (zone === null || input.matches(':disabled')) return;
    const hint = document.createElement('p');
    hint.className = 'desk-hint';
    hint.textContent = this.dataset.drop ?? '';
    input.after(hint);
    for (const kind of ['dragenter', 'dragover'] as const) {
      zone.addEventListener(kind, (event) => {
        event.preventDefault();
        zone.classList.add('is-over');
      });
    }
    zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      zone.classList.remove('is-over');
      const dropped = event.dataTransfer?.files;
      if (!dropped || dropped.length === 0) return;
      input.files = input.multiple ? dropped : firstOf(dropped);
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }

  private async send(form: HTMLFormElement, submitter: HTMLButtonElement): Promise<void> {
    const said = this.progress(form);
    if (this.rows !== null && this.rows.count > 0) await this.sendAll(form, submitter, said);
    else {
      const outcome = await this.sendOne(form.action, new FormData(form, submitter), said);
      if (outcome !== null) this.show(outcome.page, outcome.address);
    }
    this.sending = null;
  }

  private async sendAll(form: HTMLFormElement, submitter: HTMLButtonElement, said: Progress): Promise<void> {
    let last = '';
    for (const row of [...(this.rows?.each() ?? [])]) {
      const outcome = await this.sendOne(
        form.action,
        row.fill(new FormData(form, submitter)),
        said,
        row.name,
      );
      if (outcome === null) return;
      if (outcome.page !== null) {
        said.end('');
        row.mark(outcome.page);
        return;
      }
      row.finish();
      last = outcome.address;
      // The next one is added to the revision that this one made.
      const next = new URL(form.action);
      next.searchParams.set('from', new URL(last).searchParams.get('of') ?? '');
      form.action = next.href;
    }
    location.assign(last);
  }

  /** The page that came back, null where it is the one that a redirect led to; null for all: it did not go. */
  private async sendOne(
    action: string,
    body: FormData,
    said: Progress,
    name = '',
  ): Promise<{ page: Document | null; address: string } | null> {
    this.sending = sendForm(action, body, (percent) => {
      const words = percent < 100 ? this.dataset.sending : this.dataset.keeping;
      said.say(
        `${name === '' ? '' : `${name}: `}${(words ?? '').replace('{percent}', String(percent))}`,
        percent,
      );
    });
    said.stop.onclick = () => this.sending?.stop();
    const outcome = await this.sending.done;
    if (outcome.is === 'answered') {
      const isElsewhere = outcome.address !== action && outcome.status === 200;
      return { page: isElsewhere ? null : outcome.page, address: outcome.address };
    }
    this.sending = null;
    said.end((outcome.is === 'stopped' ? this.dataset.stopped : this.dataset.failure) ?? '');
    return null;
  }

  private show(page: Document | null, address: string): void {
    const main = page?.querySelector('main');
    const here = document.querySelector('main');
    if (page === null || !main || here === null) {
      location.assign(address);
      return;
    }
    document.title = page.title;
    here.replaceWith(document.adoptNode(main));
    document.querySelector<HTMLElement>('[role="alert"] a, main')?.focus();
  }

  private progress(form: HTMLFormElement): Progress {
    form.querySelector('.film-progress')?.remove();
    const box = document.createElement('div');
    box.className = 'film-progress';
    const bar = document.createElement('progress');
    bar.max = 100;
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    const stop = document.createElement('button');
    stop.type = 'button';
    stop.className = 'button-link';
    stop.textContent = this.dataset.cancel ?? '';
    box.append(bar, said, stop);
    form.append(box);
    return {
      stop,
      say: (words, percent) => {
        bar.value = percent;
        // Every tenth percent is enough to hear.
        if (percent % 10 === 0) said.textContent = words;
      },
      end: (words) => {
        bar.remove();
        stop.remove();
        said.textContent = words;
      },
    };
  }
}

type Progress = {
  readonly stop: HTMLButtonElement;
  readonly say: (words: string, percent: number) => void;
  readonly end: (words: string) => void;
};

function hasFiles(form: HTMLFormElement): boolean {
  const inputs = form.querySelectorAll<HTMLInputElement>('input[type="file"]');
  return [...inputs].some((input) => (input.files?.length ?? 0) > 0);
}

function firstOf(files: FileList): FileList {
  const one = new DataTransfer();
  const [first] = files;
  if (first !== undefined) one.items.add(first);
  return one.files;
}

customElements.define('picture-upload', PictureUpload);
