/** Where a place from the solidarity fund is claimed. */
export function claimPath(slug: string): string {
  return `/screenings/${slug}/grant`;
}

export function waitingPath(slug: string): string {
  return `${claimPath(slug)}/waiting`;
}
