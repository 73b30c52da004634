/**
 * Shows a text as the site will, while it is being written. The server renders it, so that there is one renderer;
 * without script the button beside the text does the same by sending the form.
 */
class MarkdownPreview extends HTMLElement {
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asked: AbortController | undefined;

  connectedCallback(): void {
    const text = this.querySelector('textarea');
    const shown = this.querySelector('output');
    const button = this.querySelector('button');
    if (text === null || shown === null || button === null) return;
    button.setAttribute('aria-controls', shown.id);
    button.setAttribute('aria-expanded', String(!shown.hidden));
    button.addEventListener('click', (event) => {
      event.preventDefault();
      shown.hidden = !shown.hidden;
      button.setAttribute('aria-expanded', String(!shown.hidden));
      if (!shown.hidden) void this.render(text.value, shown);
    });
    text.addEventListener('input', () => {
      clearTimeout(this.waiting);
      if (!shown.hidden) this.waiting = setTimeout(() => void this.render(text.value, shown), 250);
    });
  }

  disconnectedCallback(): void {
    clearTimeout(this.waiting);
    this.asked?.abort();
  }

  private async render(text: string, shown: HTMLOutputElement): Promise<void> {
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    try {
      const answer = await fetch(this.dataset.address ?? '', {
        method: 'POST',
        body: new URLSearchParams({ text }),
        signal: asked.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      // From our own renderer, which lets no HTML of the text through.
      shown.innerHTML = await answer.text();
    } catch {
      if (!asked.signal.aborted) shown.textContent = this.dataset.failure ?? '';
    }
  }
}

customElements.define('markdown-preview', MarkdownPreview);
