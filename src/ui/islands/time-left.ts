/**
 * Counts down until places that are set aside come back. The figures are for eyes; a screen reader is told at five
 * minutes, at one, and at the end. Its words come from its attributes; without it, the page says until when.
 */
class TimeLeft extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    // The seconds are counted from the page's arrival by a clock that nobody sets: the visitor's own may be wrong.
    const end = performance.now() + Number(this.getAttribute('seconds')) * 1000;
    const figures = document.createElement('span');
    figures.setAttribute('aria-hidden', 'true');
    const said = document.createElement('span');
    said.className = 'visually-hidden';
    said.setAttribute('role', 'status');
    this.replaceChildren(figures, said);
    const show = (): void => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      figures.textContent = left === 0 ? this.words('gone') : this.figures(left);
      const words = this.wordsAt(left);
      if (words !== null && said.textContent !== words) said.textContent = words;
      if (left === 0) window.clearInterval(this.timer);
    };
    show();
    this.timer = window.setInterval(show, 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
  }

  private words(name: string): string {
    return this.getAttribute(name) ?? '';
  }

  private figures(left: number): string {
    const seconds = String(left % 60).padStart(2, '0');
    return this.words('counting').replace('{}', `${Math.floor(left / 60)}:${seconds}`);
  }

  private wordsAt(left: number): string | null {
    if (left === 0) return this.words('gone');
    if (left <= 60) return this.words('minute');
    return left <= 300 ? this.words('minutes').replace('{}', '5') : null;
  }
}

customElements.define('time-left', TimeLeft);

export {};
