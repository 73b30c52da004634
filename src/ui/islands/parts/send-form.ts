export type Outcome =
  | { readonly is: 'answered'; readonly status: number; readonly page: Document; readonly address: string }
  | { readonly is: 'stopped' }
  | { readonly is: 'failed' };

export type Sending = { readonly done: Promise<Outcome>; stop(): void };

/** Sends a form and tells how far it is, which `fetch` cannot. Redirects are followed, as a browser does. */
export function sendForm(action: string, body: FormData, onPercent: (percent: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Outcome>((settle) => {
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onPercent(Math.floor((loaded / total) * 100));
    });
    request.addEventListener('load', () => {
      const page = request.responseXML;
      if (page === null) settle({ is: 'failed' });
      else settle({ is: 'answered', status: request.status, page, address: request.responseURL });
    });
    request.addEventListener('abort', () => settle({ is: 'stopped' }));
    request.addEventListener('error', () => settle({ is: 'failed' }));
  });
  request.open('POST', action);
  request.responseType = 'document';
  request.send(body);
  return { done, stop: () => request.abort() };
}
