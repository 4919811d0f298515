// Plain JavaScript: the installation reports its steps with this before there is a package to run TypeScript with.
import { performance } from "node:perf_hooks";

const plainEveryMs = 5_000;
const quietMs = 2_000;

const seconds = (ms) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/**
 * Prints each step when it ends, with its time, and a line of progress while one takes longer than two seconds:
 * redrawn in place on a terminal, every five seconds elsewhere.
 */
export function createSteps(output = process.stdout) {
  const running = new Map();
  let ticker;
  let drawn = false;

  const describe = () =>
    [...running].map(([title, { startedAt, note }]) => {
      const ms = performance.now() - startedAt;
      return ms < quietMs ? undefined : `${title}${note ? ` ${note}` : ""} (${Math.round(ms / 1_000)} s)`;
    });
  const erase = () => {
    if (drawn) output.write("\r\x1b[2K");
    drawn = false;
  };
  const print = (line) => {
    erase();
    output.write(`${line}\n`);
  };
  const tick = () => {
    const lines = describe().filter(Boolean);
    if (lines.length === 0) return;
    const text = `  … ${lines.join(" · ")}`;
    if (!output.isTTY) return print(text);
    erase();
    output.write(text.slice(0, (output.columns ?? 80) - 1));
    drawn = true;
  };

  return {
    print,
    async step(title, work) {
      const entry = { startedAt: performance.now(), note: "" };
      running.set(title, entry);
      ticker ??= setInterval(tick, output.isTTY ? 250 : plainEveryMs);
      ticker.unref();
      const firstLine = output.isTTY ? undefined : setTimeout(tick, quietMs + 50);
      firstLine?.unref();
      let mark = "✗";
      let detail = "";
      try {
        const result = await work((note) => (entry.note = note));
        mark = "✓";
        if (result && typeof result === "object" && "detail" in result) detail = `: ${result.detail}`;
        return result;
      } finally {
        clearTimeout(firstLine);
        running.delete(title);
        print(`  ${mark} ${title}${detail} (${seconds(performance.now() - entry.startedAt)})`);
        if (running.size === 0) {
          clearInterval(ticker);
          ticker = undefined;
        }
      }
    },
  };
}
