import { z } from 'zod';
import { roles } from '../../domain/people/index.ts';
import { passwordCharactersMax, passwordCharactersMin } from '../../platform/auth/index.ts';

/** Fields that several forms of the admin share, each with the words for what is wrong. */
export const addressField = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'At most 254 characters')
  .regex(
    /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\.]+$/,
    'An address such as ada@example.org',
  );

export const nameField = z
  .string()
  .trim()
  .min(1, 'What people call you')
  .max(200, 'At most 200 characters')
  .regex(/^[^\n\t]*$/, 'One line');

export const newPasswordField = z
  .string()
  .min(passwordCharactersMin, `At least ${passwordCharactersMin} characters; a few words are good`)
  .max(passwordCharactersMax, `At most ${passwordCharactersMax} characters`);

/** A password as it was chosen once: only its length is bounded, so that hashing it stays cheap. */
export const passwordField = z
  .string()
  .min(1, 'Your password')
  .max(passwordCharactersMax, `At most ${passwordCharactersMax} characters`);

export const roleField = z.enum(roles, 'One of the seven roles');

export const codeField = z
  .string()
  .transform((code) => code.replace(/\s/g, ''))
  .pipe(z.string().regex(/^([0-9]{6}|[A-Za-z0-9]{5}-[A-Za-z0-9]{5})$/, 'Six figures, or a backup code'));

export const noFields = z.object({});
