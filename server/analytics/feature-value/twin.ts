/** How alike two names must be to be one name spelled twice. */
const shortest = 5;
const twoSlipsFrom = 9;

/** Letters and digits alone, whatever their case: what spellings of one name have in common. */
export const lettersOf = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s\-_./:]+/g, "");

/** Edits of one letter, and exchanges of neighbours, that make one text the other; `most` + 1 when there are more. */
export function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      const isExchanged = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (beforeLast[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    if (Math.min(...row) > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return last[other.length] ?? 0;
}

interface Named {
  name: string;
  /** The busier of two equally alike names is the likelier twin. */
  weight: number;
}

/** The name of which this is likely another spelling; null: none is near enough. */
export function likelyTwin(name: string, candidates: readonly Named[]): string | null {
  const letters = lettersOf(name);
  const most = letters.length < shortest ? 0 : letters.length < twoSlipsFrom ? 1 : 2;
  let best: (Named & { slips: number }) | null = null;
  for (const candidate of candidates) {
    if (candidate.name === name) continue;
    const slips = slipsBetween(letters, lettersOf(candidate.name), best ? Math.min(most, best.slips) : most);
    if (slips > most) continue;
    const isBetter =
      !best ||
      slips < best.slips ||
      (slips === best.slips &&
        (candidate.weight > best.weight || (candidate.weight === best.weight && candidate.name < best.name)));
    if (isBetter) best = { ...candidate, slips };
  }
  return best?.name ?? null;
}
