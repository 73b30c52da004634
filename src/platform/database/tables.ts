/**
 * Every table, by its camel-cased name. Each module adds its own in its `tables.ts`:
 * `declare module '../../platform/database/tables.ts' { interface Tables { venue: VenueTable } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: the modules fill it by declaration merging
export interface Tables {}
