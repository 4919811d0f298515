/**
 * How well an entry answers what is typed, from 0 (not at all) to 1. Every word typed must be in it, whole: letters
 * scattered over a sentence are a coincidence. Names count for more than what else one may type, beginnings for more than
 * what is inside.
 */
export function rank(name: string, typed: string, others: readonly string[] = []): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [own, other] = [name.toLowerCase(), others.join(" ").toLowerCase()];
  const scores = words.map((word) => {
    if (startsAWord(own, word)) return 1;
    if (own.includes(word)) return 0.7;
    if (startsAWord(other, word)) return 0.5;
    return other.includes(word) ? 0.2 : 0;
  });
  if (scores.some((score) => score === 0)) return 0;
  const exact = own.endsWith(` ${words.join(" ")}`) ? 1 : 0.9;
  return scores.length === 0 ? 1 : Math.min(...scores) * exact;
}

const startsAWord = (text: string, word: string) => text.startsWith(word) || text.includes(` ${word}`);
