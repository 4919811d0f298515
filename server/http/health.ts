import type { ServerResponse } from "node:http";
import { rawPool } from "@/server/db";

const limitMs = 1_000;

/** `/health/live`: this process answers. `/health/ready`: it can serve, which needs the database. */
export async function answerHealth(path: string, res: ServerResponse, isClosing: boolean): Promise<void> {
  const status = path === "/health/live" || (!isClosing && (await databaseAnswers())) ? 200 : 503;
  res.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  res.end(JSON.stringify({ status: status === 200 ? "ok" : "unavailable" }));
}

async function databaseAnswers(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, limitMs);
  });
  const answer = rawPool("app")
    .query("SELECT 1")
    .then(
      () => true,
      () => false,
    );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
