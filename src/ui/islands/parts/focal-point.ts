/** Sets a picture's focal point by pointing at it, or with the arrow keys; the two number fields follow. */
class FocalPoint extends HTMLElement {
  connectedCallback(): void {
    const picture = this.querySelector('svg');
    const [x, y] = [this.dataset.x, this.dataset.y].map((id) => document.getElementById(id ?? ''));
    if (picture === null || !(x instanceof HTMLInputElement) || !(y instanceof HTMLInputElement)) return;
    if (x.matches(':disabled')) return;
    this.dataset.ready = '';
    picture.removeAttribute('aria-hidden');
    picture.setAttribute('role', 'group');
    picture.setAttribute('tabindex', '0');
    picture.setAttribute('aria-label', this.dataset.label ?? '');
    const draw = (): void => mark(picture, numberOf(x), numberOf(y));
    const set = (left: number, top: number): void => {
      x.value = String(rounded(left));
      y.value = String(rounded(top));
      draw();
    };
    for (const input of [x, y]) input.addEventListener('input', draw);
    picture.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      picture.focus({ preventScroll: true });
      picture.setPointerCapture(event.pointerId);
      set(...pointIn(picture, event));
    });
    picture.addEventListener('pointermove', (event) => {
      if (picture.hasPointerCapture(event.pointerId)) set(...pointIn(picture, event));
    });
    picture.addEventListener('keydown', (event) => {
      const step = event.shiftKey ? 10 : 1;
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[
        event.key
      ];
      if (by === undefined) return;
      event.preventDefault();
      set(numberOf(x) + (by[0] ?? 0), numberOf(y) + (by[1] ?? 0));
    });
  }
}

function pointIn(picture: SVGSVGElement, { clientX, clientY }: PointerEvent): [left: number, top: number] {
  const { left, top, width, height } = picture.getBoundingClientRect();
  return [((clientX - left) / width) * 100, ((clientY - top) / height) * 100];
}

function mark(picture: SVGSVGElement, left: number, top: number): void {
  const { width, height } = picture.viewBox.baseVal;
  for (const circle of picture.querySelectorAll('circle')) {
    circle.setAttribute('cx', String((left / 100) * width));
    circle.setAttribute('cy', String((top / 100) * height));
  }
}

function numberOf(input: HTMLInputElement): number {
  const typed = Number.parseFloat(input.value.replace(',', '.'));
  return Number.isFinite(typed) ? rounded(typed) : 50;
}

function rounded(percent: number): number {
  return Math.round(Math.min(100, Math.max(0, percent)) * 10) / 10;
}

customElements.define('focal-point', FocalPoint);
