/**
 * Lets a list be put in order by keyboard and by pointer: a grip on each row is lifted with Space or held, moved,
 * and put down, which saves. Its words come from its attributes: `{name} … {at} of {of}`. The buttons that work
 * without script stay where they are.
 */
class ReorderList extends HTMLElement {
  private list: HTMLElement | null = null;
  private lifted: { readonly row: HTMLElement; readonly before: readonly HTMLElement[] } | null = null;
  private readonly said = document.createElement('p');

  connectedCallback(): void {
    this.list = this.querySelector('ol');
    if (this.list === null || this.rows().length < 2 || this.querySelector('.film-moves') === null) return;
    this.said.className = 'only-read';
    this.said.setAttribute('role', 'status');
    this.append(this.said);
    for (const [at, row] of this.rows().entries()) row.prepend(this.grip(row, at));
    const target = this.querySelector<HTMLElement>('li:target > .film-grip');
    if (target !== null) this.rove(target).focus({ preventScroll: true });
  }

  private rows(): HTMLElement[] {
    return [...(this.list?.querySelectorAll<HTMLElement>(':scope > li') ?? [])];
  }

  private grip(row: HTMLElement, at: number): HTMLButtonElement {
    const grip = document.createElement('button');
    grip.type = 'button';
    grip.className = 'film-grip';
    grip.textContent = '⠿';
    grip.tabIndex = at === 0 ? 0 : -1;
    grip.setAttribute('aria-label', this.words('grab', row));
    grip.addEventListener('keydown', (event) => this.onKey(event, row));
    grip.addEventListener('pointerdown', (event) => this.onHold(event, row, grip));
    grip.addEventListener('blur', () => {
      if (this.lifted?.row === row) this.cancel();
    });
    return grip;
  }

  private onKey(event: KeyboardEvent, row: HTMLElement): void {
    const step = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      if (this.lifted === null) this.lift(row);
      else this.drop();
    } else if (event.key === 'Escape' && this.lifted !== null) {
      event.preventDefault();
      this.cancel();
    } else if (step !== undefined) {
      event.preventDefault();
      if (this.lifted === null) this.focusBeside(row, step);
      else this.move(step);
    }
  }

  /** One grip at a time is in the order of Tab; arrows lead to the others. */
  private rove(grip: HTMLElement): HTMLElement {
    for (const each of this.querySelectorAll<HTMLElement>('.film-grip')) each.tabIndex = -1;
    grip.tabIndex = 0;
    return grip;
  }

  private focusBeside(row: HTMLElement, step: number): void {
    const rows = this.rows();
    const to = Math.min(rows.length - 1, Math.max(0, rows.indexOf(row) + step));
    const grip = rows[to]?.querySelector<HTMLElement>('.film-grip');
    if (grip) this.rove(grip).focus();
  }

  private lift(row: HTMLElement): void {
    this.lifted = { row, before: this.rows() };
    row.classList.add('is-lifted');
    this.say('lifted', row);
  }

  private move(step: number): void {
    if (this.lifted === null || this.list === null) return;
    const { row } = this.lifted;
    const others = this.rows().filter((each) => each !== row);
    const at = this.rows().indexOf(row);
    const to = Math.min(others.length, Math.max(0, at + step));
    this.place(row, others, to);
    this.say('moved', row);
  }

  private place(row: HTMLElement, others: readonly HTMLElement[], to: number): void {
    const grip = row.querySelector<HTMLElement>('.film-grip');
    const hadFocus = grip !== null && grip === document.activeElement;
    const lifted = this.lifted;
    // Moving a node in the document blurs it; that is no wish to cancel.
    this.lifted = null;
    this.list?.insertBefore(row, others[to] ?? null);
    if (hadFocus) this.rove(grip).focus({ preventScroll: true });
    this.lifted = lifted;
    row.scrollIntoView({ block: 'nearest' });
  }

  private cancel(): void {
    if (this.lifted === null) return;
    const { row, before } = this.lifted;
    this.lifted = null;
    for (const each of before) this.list?.append(each);
    row.classList.remove('is-lifted');
    row.querySelector<HTMLElement>('.film-grip')?.focus({ preventScroll: true });
    this.say('cancelled', row);
  }

  private drop(): void {
    if (this.lifted === null) return;
    const { row, before } = this.lifted;
    this.lifted = null;
    row.classList.remove('is-lifted');
    this.say('dropped', row);
    const rows = this.rows();
    if (rows.some((each, at) => each !== before[at])) this.save(rows);
  }

  /** Sends the order as a form, so that the page that comes back is the one that everybody gets. */
  private save(rows: readonly HTMLElement[]): void {
    const form = document.createElement('form');
    form.method = 'post';
    form.action = this.dataset.action ?? '';
    const order = document.createElement('input');
    order.type = 'hidden';
    order.name = 'order';
    order.value = rows.map((row) => row.dataset.position ?? '').join(',');
    form.append(order);
    this.append(form);
    form.submit();
  }

  private onHold(event: PointerEvent, row: HTMLElement, grip: HTMLElement): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.rove(grip).focus({ preventScroll: true });
    this.lift(row);
    const end = new AbortController();
    const { signal } = end;
    const follow = (moved: PointerEvent): void => {
      // Let go by Escape, the row stays where it was.
      if (this.lifted === null) {
        end.abort();
        return;
      }
      const others = this.rows().filter((each) => each !== row);
      const to = others.findIndex((each) => {
        const { top, height } = each.getBoundingClientRect();
        return moved.clientY < top + height / 2;
      });
      const wanted = to === -1 ? others.length : to;
      if (wanted !== this.rows().indexOf(row)) this.place(row, others, wanted);
    };
    // On the window: the grip itself moves in the document, which would end a capture.
    window.addEventListener('pointermove', follow, { signal });
    window.addEventListener(
      'pointerup',
      () => {
        end.abort();
        this.drop();
      },
      { signal },
    );
    window.addEventListener(
      'pointercancel',
      () => {
        end.abort();
        this.cancel();
      },
      { signal },
    );
  }

  private say(what: string, row: HTMLElement): void {
    this.said.textContent = this.words(what, row);
  }

  private words(what: string, row: HTMLElement): string {
    const rows = this.rows();
    return (this.dataset[what] ?? '')
      .replaceAll('{name}', row.dataset.name ?? '')
      .replaceAll('{at}', String(rows.indexOf(row) + 1))
      .replaceAll('{of}', String(rows.length));
  }
}

customElements.define('reorder-list', ReorderList);
