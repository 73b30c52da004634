import type { Page } from 'playwright-core';

/** Adds a screening in Seattle some weeks ahead in its form, as anybody would. @returns its id */
export async function addScreeningInForm(
  page: Page,
  desk: string,
  { weeks, venue }: { readonly weeks: number; readonly venue: string },
): Promise<string> {
  const day = new Date(Date.now() + weeks * 7 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${desk}/screenings/new`);
  const fields = { date: day, time: '19:00', venue, city: 'Seattle', country: 'US', region: 'WA' };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('[name=timezone]').selectOption('America/Los_Angeles');
  await page.getByRole('button', { name: 'Add this screening' }).first().click();
  await page.waitForURL(/screenings\/[0-9a-f-]{36}/);
  return /screenings\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
}
