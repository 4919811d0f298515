import { Random } from "@/prisma/seed/random";

/** A trace of an hour of 2022, whose month has no partition, with like rows in it. */
export function traceOf(rows: number) {
  const random = new Random(11);
  const lines: string[] = [];
  let [input, output] = [0, 0];
  for (let i = 0; i < rows; i += 1) {
    const at = new Date(Date.UTC(2022, 4, 31, 23, 30) + i * 1_700)
      .toISOString()
      .replace("T", " ")
      .replace("Z", "1234");
    const [context, generated] = [random.logNormal(900, 1), random.logNormal(120, 1)];
    const times = i % 50 === 0 ? 3 : 1;
    for (let n = 0; n < times; n += 1) lines.push(`${at},${context},${generated}`);
    input += context * times;
    output += generated * times;
  }
  return {
    text: `TIMESTAMP,ContextTokens,GeneratedTokens\n${lines.join("\n")}\n`,
    calls: lines.length,
    input,
    output,
  };
}

/** Microdollars: gpt-4o costs $2.50 and $10 a million. */
export const costOf = (input: number, output: number) => {
  const tenths = BigInt(input) * 25n + BigInt(output) * 100n;
  const whole = (tenths / 10_000_000n).toString();
  const rest = (tenths % 10_000_000n).toString().padStart(7, "0").replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
};
