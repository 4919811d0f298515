import { execFile, execFileSync } from "node:child_process";
import { promisify } from "node:util";

/** The status and the parsed answer of one request with an API key. */
export interface Answer {
  status: number;
  body: unknown;
}

interface Spend {
  rows: { key: string | null; bucket: string | null; calls: number; costUsd: string }[];
  total: {
    calls: number;
    inputTokens: number;
    outputTokens: number;
    costUsd: string;
    unpricedCalls: number;
    unpricedTokens: number;
  };
}

/** The read API, as a script would ask it. */
export async function reportSpend(url: string, key: string, input: object): Promise<Spend> {
  const query = encodeURIComponent(JSON.stringify(input));
  const answer = await fetch(`${url}/api/trpc/reports.spend?input=${query}`, {
    headers: { Authorization: `Bearer ${key}` },
  });
  const body = (await answer.json()) as { result?: { data: Spend } };
  if (!body.result) throw new Error(`reports.spend answered ${String(answer.status)}`);
  return body.result.data;
}

export async function sendCall(url: string, key: string, call: object): Promise<Answer> {
  const answer = await fetch(`${url}/api/trpc/ingest.calls`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ calls: [call] }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Puts a copied curl command into a shell, and gives what curl wrote. */
export async function paste(command: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)("sh", ["-c", hasCurl() ? command : `${standIn}\n${command}`]);
  return JSON.parse(stdout) as unknown;
}

function hasCurl(): boolean {
  try {
    execFileSync("sh", ["-c", "command -v curl"]);
    return true;
  } catch {
    console.log("There is no curl on this machine: Node's fetch takes its place.");
    return false;
  }
}

/** Takes the address, -H and -d from curl's arguments. */
const program = `
const args = process.argv.slice(1);
const after = (flag) => args.flatMap((word, at) => (args[at - 1] === flag ? [word] : []));
const headers = Object.fromEntries(after("-H").map((line) => line.split(": ")));
fetch(args.find((word) => word.startsWith("http")), { method: "POST", headers, body: after("-d")[0] })
  .then((answer) => answer.text()).then((text) => process.stdout.write(text));`;
const standIn = `curl() { '${process.execPath}' -e '${program}' -- "$@"; }`;
