import { expect, it } from "vitest";
import { carriedHref } from "./carry";

it.each([
  { name: "range, comparison and filters", from: "overview", to: "users", search: "range=7d&compare=year&f=feature:a&f=-team:", href: "/acme/users?range=7d&compare=year&f=feature:a&f=-team:" },
  { name: "one's own days", from: "users", to: "models", search: "from=2026-11-01&to=2026-11-08", href: "/acme/models?from=2026-11-01&to=2026-11-08" },
  { name: "nothing of the screen's own", from: "users", to: "models", search: "by=team&i=hour&order=calls&call=x", href: "/acme/models" },
  { name: "to Calls, which compare nothing", from: "users", to: "calls", search: "range=7d&compare=year&f=user:x", href: "/acme/calls?range=7d&f=user:x" },
  { name: "from Calls, what reports know", from: "calls", to: "users", search: "range=7d&f=route:/a&f=feature:b&order=dearest", href: "/acme/users?range=7d&f=feature:b" },
  { name: "to Attribution, the days that it can tell", from: "users", to: "attribution", search: "range=12mo&f=feature:a", href: "/acme/attribution" },
  { name: "to Attribution", from: "users", to: "attribution", search: "range=mtd&f=feature:a", href: "/acme/attribution?range=mtd" },
  { name: "to Errors, which know nobody", from: "users", to: "errors", search: "f=user:x&f=team:y", href: "/acme/errors?f=team:y" },
  { name: "to Runs, which know whose they are", from: "users", to: "runs", search: "f=user:x&f=model:y&f=prompt:z", href: "/acme/runs?f=user:x" },
  { name: "to a screen without a scope", from: "users", to: "settings", search: "range=7d", href: "/acme/settings" },
  { name: "from a screen without a scope", from: "prices", to: "users", search: "range=7d", href: "/acme/users" },
])("carries $name", ({ from, to, search, href }) =>
  expect(carriedHref("acme", from, new URLSearchParams(search), to)).toBe(href),
); // prettier-ignore
