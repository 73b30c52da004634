/** Who is signed in, and how people sign in. */
export type Auth = Record<string, never>;
