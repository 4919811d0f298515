import { expect, it } from "vitest";
import { headText, lineText } from "./canonical";

const head = {
  month: "2026-10",
  revision: 1,
  timeZone: "Asia/Kolkata",
  from: "2026-09-30T18:30:00.000Z",
  to: "2026-10-31T18:30:00.000Z",
  takenAt: "2026-11-01T09:00:00.000Z",
  takenBy: "p1",
  shape: 1,
  priceBook: "no list; no prices of its own",
  codeVersion: "1.0.0",
  calls: 2,
  costUsd: "0.100000000000000000",
  correctionsUsd: "0.000000000000000000",
  amountUsd: "0.10",
  unpricedCalls: 0,
};

it("is the text that the README describes", () => {
  expect(headText("t1", head)).toBe(
    '["tokenledger statement","1","t1","2026-10","1","Asia/Kolkata","2026-09-30T18:30:00.000Z","2026-10-31T18:30:00.000Z","2026-11-01T09:00:00.000Z","p1","no list; no prices of its own","1.0.0","2","0.100000000000000000","0.000000000000000000","0.10","0"]\n',
  );
  const tags = { accountId: 'a "b"\n', team: "", feature: "chat", provider: "openai", model: "gpt-4o" };
  const tokens = { freshInputTokens: "1", cacheReadTokens: "2", cacheWrite5mTokens: "3", cacheWrite1hTokens: "4", audioInputTokens: "5", visibleOutputTokens: "6", reasoningTokens: "7", audioOutputTokens: "8", toolUnits: "9" }; // prettier-ignore
  const line = { n: 1, kind: "usage", ofMonth: "2026-10", ...tags, calls: "2", ...tokens, costUsd: "0.100000000000000000", unpricedCalls: "0" } as const; // prettier-ignore
  expect(lineText(line)).toBe(
    '["1","usage","2026-10","a \\"b\\"\\n","","chat","openai","gpt-4o","2","1","2","3","4","5","6","7","8","9","0.100000000000000000","0"]\n',
  );
});
