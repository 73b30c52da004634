import type { Page } from 'playwright-core';
import { cast, castPassword } from '../cast.ts';
import type { Program } from './program.ts';

export const owner = { ...cast.ada, password: castPassword };

/** Opens the link that a new program prints, and becomes the first owner: signed in, at the film's desk. */
export async function becomeOwner(page: Page, program: Program): Promise<void> {
  await page.goto(program.setupUrl ?? '');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('E-mail address').fill(owner.address);
  await page.getByLabel('Password').fill(owner.password);
  await page.getByRole('button', { name: /owner/ }).click();
  await page.waitForURL(/\/admin\/films\//);
}
