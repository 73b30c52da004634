import { describe, expect, it } from 'vitest';
import { cast, castPassword } from '../cast.ts';
import { testBrowser } from '../ground/browser.ts';
import { newInstallation } from '../ground/program.ts';

const browser = testBrowser();
const installation = await newInstallation();
const program = await installation.start();

describe('a passkey', () => {
  it('is added on the account page and signs in without a password; unless its owner was not there', async () => {
    const { page, context, complaints } = await browser.visitor();
    const devices = await context.newCDPSession(page);
    await devices.send('WebAuthn.enable');
    const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(program.setupUrl ?? '');
    await page.getByLabel('Your name').fill(cast.ada.name);
    await page.getByLabel('E-mail address').fill(cast.ada.address);
    await page.getByLabel('Password').fill(castPassword);
    await page.getByRole('button').click();
    await page.waitForURL(/\/admin\/films\//);

    await page.goto(`${program.url}/admin/account`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.waitForURL(/said=passkey_added/);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.waitForURL(/\/admin\/films\//);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    const asked = page.waitForResponse(/generate-authenticate-options/);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    expect(await (await asked).json()).toMatchObject({ userVerification: 'required' });
    await page.goto(`${program.url}/admin/account`);
    expect(page.url()).toContain('/admin/sign-in');
    expect(complaints.filter((words) => !words.includes('favicon'))).toEqual([]);
  });

  it('is not offered where no script runs', async () => {
    const { page } = await browser.visitor({ javaScriptEnabled: false });
    await page.goto(`${program.url}/admin/sign-in`);
    expect(await page.getByRole('button', { name: 'Use a passkey' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Mail me a link' }).count()).toBe(1);
  });
});
