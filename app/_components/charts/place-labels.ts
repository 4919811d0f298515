interface Bubble {
  name: string;
  left: number;
  bottom: number;
  radius: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The least sizes in pixels that a plot has on a phone and at a desk; in larger ones labels only move apart. */
const plots = { narrow: { width: 270, height: 240 }, wide: { width: 560, height: 260 } } as const;
const letter = 6.2;
const line = 14;
const gap = 3;

const meets = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Names stand at the right of their bubbles, of those in the right part at the left. */
export const isLabelLeft = (left: number) => left > 0.6;

/** Which of the bubbles, the largest first, can be named without a name lying on another name or a middle. */
export function placeLabels(bubbles: readonly Bubble[], plot: keyof typeof plots): Set<number> {
  const { width, height } = plots[plot];
  const middles = bubbles.map(({ left, bottom }) => ({ x: left * width, y: (1 - bottom) * height }));
  const taken: Box[] = middles.map(({ x, y }) => ({ left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 }));
  const placed = new Set<number>();
  bubbles.forEach(({ name, left, radius }, at) => {
    const middle = middles[at];
    if (!middle) return;
    const long = name.length * letter;
    const start = isLabelLeft(left) ? middle.x - radius - gap - long : middle.x + radius + gap;
    const box = { left: start, right: start + long, top: middle.y - line / 2, bottom: middle.y + line / 2 };
    const isInside = box.left >= 0 && box.right <= width;
    if (!isInside || taken.some((other) => meets(box, other))) return;
    taken.push(box);
    placed.add(at);
  });
  return placed;
}
