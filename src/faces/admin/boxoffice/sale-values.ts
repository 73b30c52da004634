import { z } from 'zod';
import { type Choice, type DeskSale, deskMethods, type TicketType } from '../../../domain/boxoffice/index.ts';
import { plainAmount } from '../../../domain/ledger/index.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { exampleOf, moneyOf, wholeOf } from './type-values.ts';

const field = z.string().max(500, 'At most 500 characters').default('');
const own = ['key', 'at', 'method', 'comps', 'code', 'name', 'address', 'note', 'look', 'sell'];

/** The fields of a sale: a quantity of each type, an amount where people pay what they can. */
export function saleForm(types: readonly TicketType[]): z.ZodObject<Record<string, typeof field>> {
  const names = types.flatMap(({ id }) => [`q-${id}`, `a-${id}`]);
  return z.object(Object.fromEntries([...own, ...names].map((name) => [name, field])));
}

type Values = Record<string, string>;

/** What the form of a sale shows before anything is typed. */
export function freshSale(types: readonly TicketType[], key: string, at: string): Values {
  const suggested = types
    .filter(({ kind }) => kind === 'pwyw')
    .map(({ id, price, currency }) => [`a-${id}`, plainAmount(price, currency)] as const);
  return { key, at, method: 'cash', ...Object.fromEntries(suggested) };
}

export type ReadSale =
  | { readonly ok: true; readonly sale: Omit<DeskSale, 'screeningId' | 'language'>; readonly form: FormState }
  | { readonly ok: false; readonly form: FormState };

const addressPattern = /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\.]+$/;

/** Reads what was typed, mistakes beside their fields. */
export function readSale(values: Values, types: readonly TicketType[]): ReadSale {
  const errors: Record<string, string> = {};
  const choices = values.sell ? [quickChoice(values.sell, types)] : typedChoices(values, types, errors);
  if (choices.includes(null)) errors[''] = 'This button is of another page. Try again.';
  const comps = wholeOf('comps', values, errors, 100) ?? 0;
  const method = deskMethods.find((each) => each === values.method);
  if (!method) errors.method = 'How it is paid';
  const name = (values.name ?? '').trim();
  if (name.length > 200 || /[\n\t]/.test(name)) errors.name = 'One line of at most 200 characters';
  const address = (values.address ?? '').trim().toLowerCase();
  if (address !== '' && (address.length > 254 || !addressPattern.test(address)))
    errors.address = 'An address such as ada@example.org';
  const note = (values.note ?? '').trim();
  if (note.length > 300) errors.note = 'At most 300 characters';
  if (Object.keys(errors).length > 0 || !method) return { ok: false, form: { values, errors } };
  const sale = {
    ...{ key: values.key ?? '', choices: choices.filter((choice) => choice !== null), comps, method },
    ...({ code: values.code ?? '', channel: values.at === 'door' ? 'door' : 'desk' } as const),
    ...{ name: name || null, address: address || null, note },
  };
  return { ok: true, sale, form: { values, errors: {} } };
}

function typedChoices(values: Values, types: readonly TicketType[], errors: Values): Choice[] {
  return types.flatMap(({ id, kind, currency }) => {
    const quantity = wholeOf(`q-${id}`, values, errors, 100) ?? 0;
    if (quantity === 0) return [];
    const typed = values[`a-${id}`] ?? '';
    const amount = kind === 'pwyw' ? moneyOf(typed, currency) : null;
    if (kind === 'pwyw' && amount === null)
      errors[`a-${id}`] = `An amount of ${currency}, such as ${exampleOf(currency)}`;
    return [{ ticketTypeId: id, quantity, amount }];
  });
}

/** What a big button says: `<type>:<how many>`; where people pay what they can, what is suggested. */
function quickChoice(sell: string, types: readonly TicketType[]): Choice | null {
  const [id, count = ''] = sell.split(':');
  const type = types.find((each) => each.id === id);
  if (!type || !/^[1-9]$/.test(count)) return null;
  return { ticketTypeId: type.id, quantity: Number(count), amount: type.kind === 'pwyw' ? type.price : null };
}
