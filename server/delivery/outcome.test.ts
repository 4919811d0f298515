import { describe, expect, it } from "vitest";
import { OutboundFailure, type OutboundFault } from "@/server/clients/outbound-failure";
import { DomainError } from "@/server/errors";
import { failureOutcome, mailOutcome, slackOutcome, webhookOutcome } from "./outcome";

const answer = (status: number, text = "", retryAfterSeconds: number | null = null) => ({
  status,
  text,
  retryAfterSeconds,
});

describe("what Slack's answer means", () => {
  it.each([
    [200, "ok", "sent"],
    [400, "invalid_payload", "gone"],
    [403, "action_prohibited", "gone"],
    [404, "no_service", "gone"],
    [410, "channel_is_archived", "gone"],
    [429, "rate_limited", "later"],
    [418, "", "refused"],
    [500, "rollup_error", "unsure"],
    [503, "", "unsure"],
  ])("%i %s: %s", (status, text, what) => {
    expect(slackOutcome(answer(status, text))).toMatchObject({ what });
  });

  it("tells Slack's word and nothing longer", () => {
    expect(slackOutcome(answer(404, "no_service"))).toMatchObject({
      failure: "Slack refuses messages: status 404 (no_service).",
    });
    expect(slackOutcome(answer(404, "<html>https://internal</html>"))).toMatchObject({
      failure: "Slack refuses messages: status 404.",
    });
  });

  it("keeps how long to wait", () => {
    expect(slackOutcome(answer(429, "", 30))).toMatchObject({ what: "later", waitSeconds: 30 });
  });
});

it.each([
  [200, "sent"],
  [202, "sent"],
  [204, "sent"],
  [400, "later"],
  [401, "later"],
  [404, "later"],
  [410, "gone"],
  [429, "later"],
  [500, "unsure"],
  [503, "later"],
])("a webhook's %i: %s", (status, what) => {
  expect(webhookOutcome(answer(status))).toMatchObject({ what });
});

describe("what a failure means", () => {
  const fault = (kind: OutboundFault, cause?: object) =>
    new OutboundFailure(kind, "sentence", null, cause && { cause: Object.assign(new Error("x"), cause) });
  it.each([
    ["a forbidden address", fault("address"), "refused"],
    ["a name that does not exist", fault("unreachable", { code: "ENOTFOUND", syscall: "getaddrinfo" }), "later"],
    ["a port where nobody listens", fault("unreachable", { code: "ECONNREFUSED", syscall: "connect" }), "later"],
    ["a host that does not answer the connect", fault("unreachable", { code: "ETIMEDOUT", syscall: "connect" }), "later"],
    ["a certificate for another name", fault("unreachable", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }), "later"],
    ["a connection that broke", fault("unreachable", { code: "ECONNRESET", syscall: "read" }), "unsure"],
    ["no answer in time", fault("unreachable", { name: "TimeoutError" }), "unsure"],
    ["an answer that leads elsewhere", fault("answer"), "unsure"],
    ["an address that cannot be opened", new DomainError("CONFLICT", "sentence"), "refused"],
  ] as const)("%s: %s", (_name, error, what) => {
    expect(failureOutcome(error)).toMatchObject({ what, failure: "sentence" });
  }); // prettier-ignore

  it("an error of ours is thrown on", () => {
    const own = new TypeError("own");
    expect(() => failureOutcome(own)).toThrow(own);
  });
});

it.each([
  ["a mailbox that is unknown", { code: "EENVELOPE", responseCode: 550 }, "refused"],
  ["a server that is busy", { code: "EENVELOPE", responseCode: 451 }, "later"],
  ["a server that is not there", { code: "ESOCKET", syscall: "connect" }, "later"],
  ["a name that does not exist", { code: "EDNS" }, "later"],
  ["a server that falls silent", { code: "ETIMEDOUT" }, "unsure"],
])("of mail, %s: %s", (_name, facts, what) => {
  expect(mailOutcome(Object.assign(new Error("550 secret"), facts))).toMatchObject({ what });
});
