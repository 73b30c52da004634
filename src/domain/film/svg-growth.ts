/** Notes while a drawing is read which parts stand in which, and which are drawn again by their name. */
export type Growth = {
  open(id: string | undefined, references: readonly string[]): void;
  close(): void;
  /** How many elements are drawn in all, up to `elementsMax` and Infinity beyond it or where parts use each other. */
  drawn(): number;
};

const whole = '';

/** Measures what a drawing unfolds to: ten uses of ten uses of … are a handful of bytes and a billion shapes. */
export function measureGrowth(elementsMax: number): Growth {
  const own = new Map<string, { elements: number; references: Map<string, number> }>();
  const opened: (string | undefined)[] = [];
  const partOf = (id: string) => {
    const found = own.get(id) ?? { elements: 0, references: new Map<string, number>() };
    own.set(id, found);
    return found;
  };
  return {
    open(id, references) {
      opened.push(id);
      for (const around of new Set([whole, ...opened.filter((each) => each !== undefined)])) {
        const part = partOf(around);
        part.elements += 1;
        for (const to of references) part.references.set(to, (part.references.get(to) ?? 0) + 1);
      }
    },
    close() {
      opened.pop();
    },
    drawn: () => unfold(own, whole, new Map(), elementsMax),
  };
}

function unfold(
  own: ReadonlyMap<string, { elements: number; references: ReadonlyMap<string, number> }>,
  id: string,
  known: Map<string, number>,
  elementsMax: number,
): number {
  const found = known.get(id);
  if (found !== undefined) return found;
  // Met again before it is known: it stands in itself.
  known.set(id, Number.POSITIVE_INFINITY);
  const part = own.get(id);
  let count = part?.elements ?? 0;
  for (const [to, times] of part?.references ?? []) {
    count += times * unfold(own, to, known, elementsMax);
    if (count > elementsMax) count = Number.POSITIVE_INFINITY;
  }
  known.set(id, count);
  return count;
}
