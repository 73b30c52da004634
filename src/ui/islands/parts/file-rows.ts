/** One of several files, with its own words. */
export type FileRow = {
  readonly name: string;
  /** The form's fields with this row's file and words in them. */
  fill(data: FormData): FormData;
  /** Shows why the server did not take it. */
  mark(page: Document): void;
  finish(): void;
};

/** Lets a form take several files at once: the field named `words` is asked for each of them. */
export class FileRows {
  private readonly input: HTMLInputElement;
  private readonly original: HTMLElement;
  private readonly list = document.createElement('ol');
  private rows: readonly FileRow[] = [];

  /** `words` is the beginning of the names of the fields that each file has of its own: `alt`. */
  static on(form: HTMLFormElement, words: string): FileRows | null {
    const input = form.querySelector<HTMLInputElement>('input[type="file"]');
    const first = form.querySelector<HTMLElement>(`[name^="${CSS.escape(words)}"]`);
    const original = first?.closest<HTMLElement>('.film-text') ?? first?.closest<HTMLElement>('.desk-field');
    return input && original ? new FileRows(input, original) : null;
  }

  private constructor(input: HTMLInputElement, original: HTMLElement) {
    this.input = input;
    this.original = original;
    this.list.className = 'film-several';
    original.after(this.list);
    input.multiple = true;
    input.addEventListener('change', () => this.ask());
    this.ask();
  }

  get count(): number {
    return this.rows.length;
  }

  each(): readonly FileRow[] {
    return this.rows;
  }

  private ask(): void {
    const files = [...(this.input.files ?? [])];
    const isSeveral = files.length > 1;
    this.original.hidden = isSeveral;
    this.list.replaceChildren();
    this.rows = isSeveral ? files.map((file, at) => this.row(file, at)) : [];
  }

  private row(file: File, at: number): FileRow {
    const item = document.createElement('li');
    const title = document.createElement('p');
    title.className = 'film-file-name';
    title.textContent = file.name;
    const own = this.original.cloneNode(true) as HTMLElement;
    own.hidden = false;
    const inputs = [...own.querySelectorAll<HTMLInputElement>('[name]')];
    const names = inputs.map((input) => input.name);
    for (const input of inputs) {
      const id = `${input.id}-${at}`;
      own.querySelector(`label[for="${CSS.escape(input.id)}"]`)?.setAttribute('for', id);
      input.id = id;
      input.removeAttribute('name');
      input.removeAttribute('aria-describedby');
      input.value = '';
    }
    const wrong = document.createElement('p');
    wrong.className = 'desk-error';
    wrong.setAttribute('role', 'alert');
    wrong.hidden = true;
    item.append(title, own, wrong);
    this.list.append(item);
    const made: FileRow = {
      name: file.name,
      fill: (data) => {
        data.set(this.input.name, file);
        for (const [index, name] of names.entries()) data.set(name, inputs[index]?.value ?? '');
        return data;
      },
      mark: (page) => {
        wrong.hidden = false;
        wrong.textContent = page.querySelector('[role="alert"] li')?.textContent ?? page.title;
        inputs[0]?.focus();
      },
      finish: () => {
        item.remove();
        this.rows = this.rows.filter((row) => row !== made);
      },
    };
    return made;
  }
}
