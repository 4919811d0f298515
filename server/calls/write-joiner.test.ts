import { describe, expect, it } from "vitest";
import { DomainError } from "@/server/errors";
import { WriteJoiner } from "./write-joiner";

const makeJoiner = () => new WriteJoiner<number, string>(1, () => Promise.resolve());

/** A writer that notes each transaction and can be held until it is let go. */
function notebook(
  write: (items: readonly number[]) => string[] = (items) => items.map((item) => `row ${String(item)}`),
) {
  const transactions: number[][] = [];
  return {
    transactions,
    write: (items: readonly number[]) => {
      transactions.push([...items]);
      return Promise.resolve().then(() => write(items));
    },
  };
}

describe("WriteJoiner", () => {
  it("writes at once when nobody waits, and joins whoever comes meanwhile", async () => {
    const { transactions, write } = notebook();
    const joiner = makeJoiner();
    const answers = await Promise.all([[1], [2, 3], [4]].map((items) => joiner.submit("t", items, write)));
    expect(transactions).toEqual([[1], [2, 3, 4]]);
    expect(answers).toEqual([["row 1"], ["row 2", "row 3"], ["row 4"]]);
  });

  it("has as many transactions under way as it may, and no more", async () => {
    const { transactions, write } = notebook();
    const joiner = new WriteJoiner<number, string>(2, () => Promise.resolve());
    await Promise.all([[1], [2], [3], [4]].map((items) => joiner.submit("t", items, write)));
    expect(transactions).toEqual([[1], [2], [3, 4]]);
  });

  it("keeps lanes apart", async () => {
    const { transactions, write } = notebook();
    const joiner = makeJoiner();
    await Promise.all([joiner.submit("a", [1], write), joiner.submit("b", [2], write)]);
    expect(transactions).toEqual([[1], [2]]);
  });

  it("refuses only the request whose rows are bad, not those that were joined with it", async () => {
    const { write } = notebook((items) => {
      if (items.includes(3)) throw new DomainError("INVALID_INPUT", "bad row");
      return items.map(String);
    });
    const joiner = makeJoiner();
    const answers = await Promise.allSettled(
      [[1], [2], [3], [4]].map((items) => joiner.submit("t", items, write)),
    );
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("tells everybody at once when the database is away", async () => {
    const { transactions, write } = notebook(() => {
      throw new DomainError("UNAVAILABLE", "away");
    });
    const joiner = makeJoiner();
    const answers = await Promise.allSettled(
      [[1], [2], [3]].map((items) => joiner.submit("t", items, write)),
    );
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(transactions).toEqual([[1], [2, 3]]);
  });

  it("runs a deadlocked transaction again", async () => {
    let tries = 0;
    const { write } = notebook((items) => {
      tries += 1;
      if (tries < 3)
        throw new DomainError(
          "UNAVAILABLE",
          "again",
          {},
          { cause: Object.assign(new Error(), { code: "40P01" }) },
        );
      return items.map(String);
    });
    expect(await makeJoiner().submit("t", [7], write)).toEqual(["7"]);
    expect(tries).toBe(3);
  });

  it("asks senders to slow down when too much waits", async () => {
    const { write } = notebook();
    const joiner = makeJoiner();
    const first = joiner.submit("t", [1], write);
    const flood = Array.from({ length: 50_001 }, (_, i) => i);
    await expect(joiner.submit("t", flood, write)).rejects.toMatchObject({
      code: "RATE_LIMITED",
      data: { retryAfterSeconds: 1 },
    });
    await first;
  });
});
