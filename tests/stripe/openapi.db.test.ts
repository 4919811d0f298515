import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * Stripe's own stripe-mock refuses what is not valid against its published description: `go install
 * github.com/stripe/stripe-mock@latest`, then STRIPE_MOCK=<path>, or on the PATH.
 */
const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "stripe-mock"));
const binary = [process.env.STRIPE_MOCK ?? "", ...onPath].find((path) => path !== "" && existsSync(path));
if (binary === undefined)
  console.info("stripe: requests were not held against Stripe's own description: stripe-mock is not on this machine (STRIPE_MOCK)"); // prettier-ignore

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
const port = await freePort();
process.env.STRIPE_API_URL = `http://127.0.0.1:${String(port)}`;
const { stripeFor } = await import("@/server/clients/stripe");
const { stripeProvider } = await import("@/server/billing/stripe");

let mock: ChildProcess | undefined;
beforeAll(async () => {
  if (binary === undefined) return;
  mock = spawn(binary, ["-http-addr", `127.0.0.1:${String(port)}`], { stdio: "ignore" });
  for (let left = 100; left > 0; left -= 1) {
    const isUp = await fetch(process.env.STRIPE_API_URL ?? "").then(() => true, () => false);
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("stripe-mock does not listen");
}); // prettier-ignore
afterAll(() => {
  mock?.kill();
});

const key = "sk_test_0123456789";
const now = new Date("2026-11-20T12:00:00Z");
const provider = stripeProvider(key, () => now);
const range = { from: new Date("2026-11-19T00:00:00Z"), to: new Date("2026-11-20T00:00:00Z") };
const usage = { eventName: "llm_tokens", customerKey: "stripe_customer_id", valueKey: "value", customerId: "cus_1", value: 5n, identifier: "tl-1", at: now, requestKey: "tl-1/1" }; // prettier-ignore

describe.skipIf(binary === undefined)("every request of the billing port is valid against Stripe's description", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["readAccount", () => provider.readAccount()],
    ["listMeters", () => provider.listMeters()],
    ["listCustomers", () => provider.listCustomers()],
    ["listSubscriptions", () => provider.listSubscriptions()],
    ["readSums by hour", () => provider.readSums({ meterId: "mtr_1", customerId: "cus_1", by: "hour", ...range })],
    ["readSums by day", () => provider.readSums({ meterId: "mtr_1", customerId: "cus_1", by: "day", ...range })],
    ["listInvoiceLines", () => provider.listInvoiceLines({ customerId: "cus_1", ...range })],
    // What is asked for only where a subscription has it.
    ["a coupon with its products", () => stripeFor(key).coupons.retrieve("half", { expand: ["applies_to"] })],
    ["items of a subscription", () => stripeFor(key).subscriptionItems.list({ subscription: "sub_1", limit: 100, expand: ["data.discounts"] })],
  ])("%s", async (_, ask) => {
    await expect(ask()).resolves.toBeDefined();
  });

  it("putUsage", async () => {
    expect(await provider.putUsage(usage)).toEqual({ what: "accepted" });
  });

  it("and one that is not valid is refused (positive control)", async () => {
    const wrong = stripeFor(key).billing.meterEvents.create({ event_name: "x", payload: "no" as never });
    await expect(wrong).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    await expect(stripeFor(key).subscriptions.list({ status: "all", unheard_of: 1 } as never)).rejects.toThrow();
  });
}); // prettier-ignore
