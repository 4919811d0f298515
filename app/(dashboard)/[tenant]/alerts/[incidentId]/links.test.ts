import { expect, it } from "vitest";
import { filterOf, type Seen } from "./around";
import { linksOf } from "./links";

const window = { from: "2026-11-13T05:00:00.000Z", to: "2026-11-20T05:00:00.000Z" };
const of = (rule: Seen["rule"], subject: Seen["subject"]): Seen => ({
  rule,
  subject,
  window,
  lastWindow: window,
});
const hrefs = (seen: Seen) =>
  linksOf("acme", seen, filterOf(seen), "America/New_York").map(({ href }) => decodeURIComponent(href));

it.each([
  ["a feature", of("week-over-week", { kind: "feature", key: "chat" }), ["/acme/features?from=2026-11-13&to=2026-11-20&f=feature:chat", "/acme/calls?from=2026-11-13&to=2026-11-20&f=feature:chat&order=dearest"]],
  ["an account", of("budget", { kind: "account", key: "a/1" }), ["/acme/budgets/forecast?of=account&name=a/1", "/acme/users?from=2026-11-13&to=2026-11-20&f=account:a/1&by=account", "/acme/calls?from=2026-11-13&to=2026-11-20&f=account:a/1&order=dearest"]],
  ["everything", of("unattributed-share", { kind: "tenant", key: "" }), ["/acme/overview?from=2026-11-13&to=2026-11-20&f=feature:", "/acme/calls?from=2026-11-13&to=2026-11-20&f=feature:&order=dearest"]],
  ["a connection", of("silent-source", { kind: "source", key: "langfuse" }), ["/acme/settings/sources"]],
])("leads on from %s", (_, seen, links) => expect(hrefs(seen)).toEqual(links)); // prettier-ignore
