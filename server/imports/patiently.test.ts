import { expect, it, vi } from "vitest";
import { DomainError } from "@/server/errors";
import { patiently } from "./patiently";

vi.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

const failing = (times: number, error: Error) => {
  let left = times;
  return vi.fn(() => {
    left -= 1;
    return left >= 0 ? Promise.reject(error) : Promise.resolve("done");
  });
};
const away = new DomainError("UNAVAILABLE", "away");

it("outlasts a database that comes back", async () => {
  const work = failing(6, away);
  await expect(patiently(work)).resolves.toBe("done");
  expect(work).toHaveBeenCalledTimes(7);
});

it("gives up on one that does not", async () => {
  await expect(patiently(failing(7, away))).rejects.toBe(away);
});

it("does not repeat what can never work", async () => {
  const work = failing(1, new DomainError("FORBIDDEN", "no"));
  await expect(patiently(work)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(work).toHaveBeenCalledTimes(1);
});
