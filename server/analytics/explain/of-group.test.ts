import { expect, it } from "vitest";
import type { SpendFilter } from "../schemas";
import { filterOfGroup } from "./of-group";

it.each<[string, SpendFilter, string | null, SpendFilter | null]>([
  ["nothing", {}, "chat", { feature: ["chat"] }],
  ["calls without it", {}, null, { feature: [null] }],
  ["another tag stays", { team: ["core"] }, "chat", { team: ["core"], feature: ["chat"] }],
  ["one of several", { feature: ["mail", "chat"] }, "chat", { feature: ["chat"] }],
  ["one of several, said at length", { feature: { is: ["mail", "chat"] } }, "chat", { feature: ["chat"] }],
  ["none of them", { feature: ["mail"] }, "chat", null],
  ["all but another", { feature: { not: ["mail"] } }, "chat", { feature: ["chat"] }],
  ["all but this", { feature: { not: ["chat"] } }, "chat", null],
  ["all but those without", { feature: { not: [null] } }, null, null],
  [
    "a word of it",
    { feature: { contains: ["ha"] } },
    "chat",
    { feature: { is: ["chat"], contains: ["ha"] } },
  ],
])("%s", (_case, filter, key, expected) =>
  expect(filterOfGroup(filter, { by: "feature", key })).toEqual(expected),
);
