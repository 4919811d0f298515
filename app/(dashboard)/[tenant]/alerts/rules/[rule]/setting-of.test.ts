import { expect, it } from "vitest";
import type { ListedRule } from "../rules";
import { settingOf } from "./setting-of";

const chat = { kind: "feature", key: "chat" } as const;
const listed: ListedRule = {
  rule: "week-over-week",
  enabled: true,
  params: { rise: 45, minUsd: 3, floorUsd: 250 },
  isUsual: false,
  overrides: [{ subject: chat, enabled: false, params: { rise: 80 } }],
  evaluatedTo: null,
};

it("is of everything as it is listed, and has nothing to take back where it is as delivered", () => {
  expect(settingOf(listed, null)).toEqual({ enabled: true, params: listed.params, kept: { enabled: true, params: listed.params } }); // prettier-ignore
  expect(settingOf({ ...listed, isUsual: true }, null).kept).toBeNull();
});

it("is of a subject as for everything, but for what is its own", () => {
  expect(settingOf(listed, chat)).toEqual({
    enabled: false,
    params: { rise: 80, minUsd: 3, floorUsd: 250 },
    kept: { enabled: false, params: { rise: 80 } },
  });
});

it("is of anybody else as for everything", () => {
  const { enabled, params, kept } = settingOf(listed, { kind: "feature", key: "chat2" });
  expect({ enabled, params, kept }).toEqual({ enabled: true, params: listed.params, kept: null });
});
