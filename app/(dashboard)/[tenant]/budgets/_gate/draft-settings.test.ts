import { expect, it } from "vitest";
import { usualSettings } from "@/server/gate/schemas";
import { type DraftSettings, draftOfSettings, settingsOf } from "./draft-settings";

const draft = (over: Partial<DraftSettings> = {}) => ({ ...draftOfSettings(usualSettings), ...over });

it("what is saved and shown again is the same", () => {
  const limited = { ...usualSettings, loopPerMinute: null, usdPerMinute: "0.5", runLimitUsd: "20" };
  for (const settings of [usualSettings, limited])
    expect(settingsOf(draftOfSettings(settings)).settings).toEqual(settings);
});

it.each<[string, Partial<DraftSettings>, object]>([
  ["nothing typed is no limit", { loopPerMinute: " ", usdPerMinute: "" }, { loopPerMinute: null, usdPerMinute: null }],
  ["an amount as people write it", { runLimitUsd: "$1,200.50" }, { runLimitUsd: "1200.50" }],
  ["the least that is a loop", { loopPerMinute: "2" }, { loopPerMinute: 2 }],
  ["thousands with a comma", { loopPerMinute: "1,000" }, { loopPerMinute: 1000 }],
])("%s", (_, typed, saved) => expect(settingsOf(draft(typed)).settings).toMatchObject(saved)); // prettier-ignore

it.each<[string, Partial<DraftSettings>, string[]]>([
  ["one time is no loop", { loopPerMinute: "1" }, ["loopPerMinute"]],
  ["half a time", { loopPerMinute: "2.5" }, ["loopPerMinute"]],
  ["words", { loopPerMinute: "many" }, ["loopPerMinute"]],
  ["a limit of nothing", { usdPerMinute: "0.00" }, ["usdPerMinute"]],
  ["less than nothing", { runLimitUsd: "-1" }, ["runLimitUsd"]],
  ["more digits than are kept", { runLimitUsd: "0.0000000000000000001" }, ["runLimitUsd"]],
  ["two at once", { loopPerMinute: "0", runLimitUsd: "x" }, ["loopPerMinute", "runLimitUsd"]],
])("refuses %s", (_, typed, names) => {
  const { settings, faults } = settingsOf(draft(typed));
  expect(settings).toBeNull();
  expect(Object.keys(faults ?? {})).toEqual(names);
}); // prettier-ignore
