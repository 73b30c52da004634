import { campaignParts } from './campaign-parts.ts';
import type { Part } from './part.ts';
import { recordParts } from './record-parts.ts';

export type { List, Part, Say } from './part.ts';

/** Every part of the film document that a team edits, in the order of the film's page. */
export const parts: readonly Part[] = [...recordParts, ...campaignParts];

/** The groups of parts, in the order in which the overview shows them. */
export const groups = ['The film', 'Pictures', 'Campaign', 'Site'] as const;
