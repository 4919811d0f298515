import { describe, expect, it } from "vitest";
import { type GateSettings, usualSettings } from "@/server/gate/schemas";
import { consequenceOf, newlyRefused, settingNames } from "./setting-words";

const settings = (over: Partial<GateSettings>) => ({ ...usualSettings, ...over });

describe("what would be refused that passes today", () => {
  it.each<[string, Partial<GateSettings>, Partial<GateSettings>, RegExp[]]>([
    ["nothing where nothing changes", {}, {}, []],
    ["calls without a price, once they are asked about", { unpriced: "allow" }, { unpriced: "ask" }, [/until somebody confirms/]],
    ["calls without a price, once they are denied", { unpriced: "ask" }, { unpriced: "deny" }, [/without a price are refused\.$/]],
    ["nothing when they pass again", { unpriced: "deny" }, { unpriced: "allow" }, []],
    ["every call while the gate is away", {}, { whenUnreachable: "closed" }, [/make no calls/]],
    ["nothing when apps go on without it", { whenUnreachable: "closed" }, { whenUnreachable: "open" }, []],
    ["loops, with a first limit", { loopPerMinute: null }, { loopPerMinute: 1000 }, [/more than 1,000 times/]],
    ["loops, with a lower limit", { loopPerMinute: 60 }, { loopPerMinute: 59 }, [/more than 59 times/]],
    ["nothing with a higher one", { loopPerMinute: 60 }, { loopPerMinute: 61 }, []],
    ["nothing without one", { loopPerMinute: 60 }, { loopPerMinute: null }, []],
    ["nothing of a limit written otherwise", { usdPerMinute: "5" }, { usdPerMinute: "5.00" }, []],
    ["a pace that is lower by the last digit", { usdPerMinute: "5" }, { usdPerMinute: "4.999999999999999999" }, [/one user are refused/]],
    ["runs, with a first limit", {}, { runLimitUsd: "20" }, [/more than \$20\.00/]],
    ["two things at once", {}, { unpriced: "deny", runLimitUsd: "20" }, [/without a price/, /run/]],
  ])("%s", (_, before, after, expected) => {
    const told = newlyRefused(settings(before), settings(after));
    expect(told).toHaveLength(expected.length);
    expected.forEach((words, at) => expect(told[at]).toMatch(words));
  }); // prettier-ignore
});

it("every setting says what it comes to, limited or not", () => {
  const limits = settings({ loopPerMinute: 3, usdPerMinute: "0.5", runLimitUsd: "2" });
  const none = settings({ loopPerMinute: null });
  for (const name of settingNames) {
    for (const of of [limits, none]) expect(consequenceOf(name, of)).toMatch(/^[A-Z].*\.$/);
  }
  expect(consequenceOf("usdPerMinute", limits)).toContain("$0.50");
});
