/**
 * Shows a theme and its contrasts while its colours are chosen. The server draws the sample, so that there is one
 * rule; beside each colour's digits stands the browser's own picker.
 */
class ContrastCheck extends HTMLElement {
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;

  connectedCallback(): void {
    for (const swatch of this.querySelectorAll<SVGElement>('[data-colour-of]')) this.addPicker(swatch);
    this.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => void this.draw(), 120);
    });
  }

  disconnectedCallback(): void {
    clearTimeout(this.waiting);
    this.asked?.abort();
  }

  private addPicker(swatch: SVGElement): void {
    const input = this.field(swatch.dataset.colourOf ?? '');
    if (!(input instanceof HTMLInputElement) || input.matches(':disabled')) return;
    const picker = document.createElement('input');
    picker.type = 'color';
    // The digits beside it say the same to those who do not see colours.
    picker.setAttribute('aria-label', input.labels?.[0]?.textContent ?? '');
    const show = (): void => {
      if (/^#[0-9a-f]{6}$/i.test(input.value)) picker.value = input.value;
    };
    show();
    input.addEventListener('input', show);
    picker.addEventListener('input', () => {
      input.value = picker.value;
    });
    swatch.replaceWith(picker);
  }

  private field(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${CSS.escape(name)}"]`);
  }

  private async draw(): Promise<void> {
    const sample = this.querySelector('[data-sample]');
    if (sample === null) return;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    const body = new URLSearchParams();
    for (const name of ['paper', 'ink', 'accent', 'type']) body.set(name, this.field(name)?.value ?? '');
    try {
      const answer = await fetch(this.dataset.address ?? '', { method: 'POST', body, signal: asked.signal });
      if (answer.ok) sample.innerHTML = await answer.text();
    } catch {
      // The last sample stays; saving checks the colours in any case.
    }
  }
}

customElements.define('contrast-check', ContrastCheck);
