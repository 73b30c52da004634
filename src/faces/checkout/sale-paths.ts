/** Where tickets are chosen. */
export const choosePath = (slug: string): string => `/screenings/${slug}/tickets`;

/** Where one joins the line of a full screening. */
export const waitlistPath = (slug: string): string => `/screenings/${slug}/waitlist`;
