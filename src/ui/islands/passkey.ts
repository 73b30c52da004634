/** Signs in with a passkey, or adds one: `<passkey-button task="sign-in" next="/admin">`. */

const path = '/admin/auth/passkey';

class PasskeyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const isKnown = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
    if (!button || !isKnown) return;
    this.hidden = false;
    button.addEventListener('click', () => void this.#act(button));
  }

  async #act(button: HTMLButtonElement): Promise<void> {
    const refusal = this.querySelector<HTMLElement>('[role=alert]');
    button.disabled = true;
    if (refusal) refusal.hidden = true;
    try {
      await (this.getAttribute('task') === 'add' ? add() : signIn());
      location.assign(this.getAttribute('next') ?? '/admin');
    } catch (error) {
      // Whoever closes the browser's own window has decided; everything else must be said.
      const isClosed = error instanceof DOMException && error.name === 'NotAllowedError';
      if (refusal && !isClosed) refusal.hidden = false;
    } finally {
      button.disabled = false;
    }
  }
}

async function signIn(): Promise<void> {
  const options = (await ask('generate-authenticate-options')) as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  await tell('verify-authentication', credential);
}

async function add(): Promise<void> {
  const options = (await ask('generate-register-options')) as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await tell('verify-registration', credential);
}

async function ask(name: string): Promise<unknown> {
  const answer = await fetch(`${path}/${name}`);
  if (!answer.ok) throw new Error(name);
  return await answer.json();
}

async function tell(name: string, credential: Credential | null): Promise<void> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error(name);
  const answer = await fetch(`${path}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response: credential.toJSON() }),
  });
  if (!answer.ok) throw new Error(name);
}

customElements.define('passkey-button', PasskeyButton);
