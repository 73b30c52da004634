/** A form of a page as a browser without script would send it back: every field untouched. */
export function formOfPage(
  html: string,
  action: RegExp,
): { readonly action: string; readonly data: FormData } {
  for (const [, attributes = '', inside = ''] of html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
    const found = attribute(attributes, 'action') ?? '';
    if (action.test(found)) return { action: found, data: fieldsOf(inside) };
  }
  throw new Error(`the page has no form for ${action}`);
}

function fieldsOf(html: string): FormData {
  const data = new FormData();
  const pattern =
    /<input([^>]*?)\/?>|<textarea([^>]*)>([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g;
  for (const [, input, area, text = '', select, options = ''] of html.matchAll(pattern)) {
    if (input !== undefined) addInput(data, input);
    // A browser drops one newline after <textarea>, and ends lines with CR LF when it sends them.
    if (area !== undefined) add(data, area, decode(text).replace(/^\n/, '').replaceAll('\n', '\r\n'));
    if (select !== undefined) add(data, select, chosen(options));
  }
  return data;
}

function addInput(data: FormData, attributes: string): void {
  const type = attribute(attributes, 'type') ?? 'text';
  const value = attribute(attributes, 'value') ?? '';
  if (type === 'file') {
    data.append(attribute(attributes, 'name') ?? '', new File([], '', { type: 'application/octet-stream' }));
    return;
  }
  if ((type === 'checkbox' || type === 'radio') && attribute(attributes, 'checked') === undefined) return;
  // A one-line input cannot hold a break.
  add(data, attributes, type === 'hidden' ? value : value.replace(/[\r\n]/g, ''));
}

function add(data: FormData, attributes: string, value: string): void {
  const name = attribute(attributes, 'name');
  if (name !== undefined) data.append(name, value);
}

function chosen(options: string): string {
  const all = [...options.matchAll(/<option([^>]*)>/g)].map(([, attributes = '']) => attributes);
  const picked = all.find((each) => attribute(each, 'selected') !== undefined) ?? all[0] ?? '';
  return attribute(picked, 'value') ?? '';
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}(?:="([^"]*)")?(?=[\\s/]|$)`).exec(attributes);
  return found ? decode(found[1] ?? '') : undefined;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#x27);/g, (_all, name: string) => entities[name] ?? '');
}
