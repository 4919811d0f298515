import type { DemoFacts } from "./demo";

/** The box at the end of a start: where to go, how to sign in, and a line that sends a first call. */
export function announcement(url: string, demo: DemoFacts | undefined): string {
  const lines = [`Open     ${url}`];
  if (demo)
    lines.push(
      `Sign in  ${demo.email}`,
      `         ${demo.password}`,
      "",
      `Ingest key  ${demo.ingestKey}`,
      `Read key    ${demo.readKey}`,
    );
  const box = frame(lines);
  return demo ? `${box}\n\nSend a first call:\n\n${curlLine(url, demo.ingestKey)}\n` : box;
}

/** The shell fills in time and id when the line is run; run twice within a second, it is one call sent twice, which is fine. */
function curlLine(url: string, ingestKey: string): string {
  const call = {
    id: "hello-NOW",
    occurredAt: "NOW",
    kind: "llm",
    provider: "openai",
    model: "gpt-4o",
    userId: "ada",
    feature: "hello",
    usage: { inputTokens: 1200, outputTokens: 340 },
  };
  const body = JSON.stringify({ calls: [call] }).replaceAll("NOW", `'"$NOW"'`);
  return [
    `NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ); curl -s ${url}/api/trpc/ingest.calls \\`,
    `  -H 'Authorization: Bearer ${ingestKey}' -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join("\n");
}

function frame(lines: string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const bar = "─".repeat(width + 4);
  return [`┌${bar}┐`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `└${bar}┘`].join("\n");
}
