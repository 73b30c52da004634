export type * from './driver.ts';
export {
  endSandboxPayment,
  isSandboxAllowed,
  type SandboxPayment,
  sandboxDriver,
  sandboxPath,
  sandboxPayment,
  sandboxWithin,
} from './sandbox-driver.ts';
export { stripeAccount, stripeDriver } from './stripe-driver.ts';
export { readStripeEvent } from './stripe-events.ts';
