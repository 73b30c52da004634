import { createHash, randomInt } from 'node:crypto';
import { type Challenge, createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { FormKeys } from './keys.ts';

// One try costs a phone about a millisecond, one challenge on average 700 tries shared by its workers: well
// under a second while somebody types, and dear enough for a sender of thousands.
const costPerTry = 1_000;
const triesMin = 400;
const triesMax = 1_000;
/** Longer than most people take for a form; the page makes a new one when it runs out. */
export const proofMinutes = 30;

/** A puzzle that a visitor's browser solves while they type (ALTCHA), good once, for any form of this film. */
export async function makeChallenge(
  { proof, proofKey }: FormKeys,
  filmId: string,
  now: Temporal.Instant,
): Promise<Challenge> {
  return await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: costPerTry,
    counter: randomInt(triesMin, triesMax),
    data: { film: filmId },
    deriveKey,
    expiresAt: new Date(now.add({ minutes: proofMinutes }).epochMilliseconds),
    hmacSignatureSecret: proof,
    hmacKeySignatureSecret: proofKey,
  });
}

const hex = z
  .string()
  .max(256)
  .regex(/^[0-9a-f]*$/);
const payload = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal('PBKDF2/SHA-256'),
      nonce: hex,
      salt: hex,
      cost: z.literal(costPerTry),
      keyLength: z.literal(32),
      keyPrefix: hex,
      keySignature: hex,
      expiresAt: z.number().int(),
      data: z.object({ film: z.string().max(64) }),
    }),
    signature: hex,
  }),
  solution: z.object({
    counter: z.number().int().min(0).max(0xffffffff),
    derivedKey: hex,
    time: z.number().optional(),
  }),
});

export type ProofVerdict =
  | { readonly kind: 'good'; readonly hash: Buffer; readonly expiresAt: Temporal.Instant }
  | { readonly kind: 'wrong' | 'expired' };

/** Whether a solved puzzle is ours, for this film, in time, and right. Never throws, whatever was sent. */
export async function checkProof(
  { proof, proofKey }: FormKeys,
  filmId: string,
  sent: string,
): Promise<ProofVerdict> {
  const read = payload.safeParse(parseSent(sent));
  if (!read.success || read.data.challenge.parameters.data.film !== filmId) return { kind: 'wrong' };
  const { challenge, solution } = read.data;
  try {
    const verdict = await verifySolution({
      challenge,
      solution: { counter: solution.counter, derivedKey: solution.derivedKey },
      deriveKey,
      hmacSignatureSecret: proof,
      hmacKeySignatureSecret: proofKey,
    });
    if (verdict.expired) return { kind: 'expired' };
    if (!verdict.verified) return { kind: 'wrong' };
  } catch {
    return { kind: 'wrong' };
  }
  return {
    kind: 'good',
    hash: createHash('sha256').update(challenge.signature).digest(),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(challenge.parameters.expiresAt * 1_000),
  };
}

function parseSent(sent: string): unknown {
  if (sent.length > 4_000) return null;
  try {
    return JSON.parse(Buffer.from(sent, 'base64').toString('utf8'));
  } catch {
    return null;
  }
}
