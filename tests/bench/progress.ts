const number = (value: number) => Math.round(value).toLocaleString("en-US");

/** Draws how far something is: a line for each hundredth on a terminal, each tenth in a log. */
export function drawProgress(begun: number): (what: string, done: number, total: number) => void {
  let shown = "";
  return (what, done, total) => {
    const share = total === 0 ? 0 : Math.min(1, done / total);
    const mark = `${what} ${String(Math.floor(share * (process.stdout.isTTY ? 100 : 10)))}`;
    if (mark === shown) return;
    shown = mark;
    const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
    const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
    const line = `${seconds} s  ${what.padEnd(10)} ${bar} ${number(done)} of ${number(total)}`;
    process.stdout.write(
      process.stdout.isTTY && share < 1 ? `\r${line}` : `${process.stdout.isTTY ? "\r" : ""}${line}\n`,
    );
  };
}
