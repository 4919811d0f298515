/**
 * An SVG path through lengths from 0 to `top`, in a box of 1 × 1 with its zero below. It breaks where a length is not
 * known; a length between two gaps is a dot (round line caps make it seen).
 */
export function gapPath(
  lengths: readonly (number | null)[],
  middle: (at: number) => number,
  top: number,
): string {
  const at = (n: number) => lengths[n] ?? null;
  return lengths
    .map((length, n) => {
      if (length === null) return "";
      const command = at(n - 1) === null ? "M" : "L";
      const isAlone = at(n - 1) === null && at(n + 1) === null;
      return `${command}${middle(n).toFixed(4)} ${(1 - length / top).toFixed(4)}${isAlone ? "h0" : ""}`;
    })
    .join("");
}

/** What a line cannot show: lengths with a gap on either side. */
export function aloneAt(lengths: readonly (number | null)[]): number[] {
  return lengths.flatMap((length, n) =>
    length !== null && (lengths[n - 1] ?? null) === null && (lengths[n + 1] ?? null) === null ? [n] : [],
  );
}
