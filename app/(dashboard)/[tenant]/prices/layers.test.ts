import { expect, it } from "vitest";
import { modelHref, ruleLabel } from "./layers";

it.each([
  ["1", null],
  ["0.88", "12% off"],
  ["1.05", "5% on top"],
  ["0.999999", "0.0001% off"],
  ["0.333333333", "66.6667% off"],
])("tells the factor %s as %s", (factor, label) => {
  expect(ruleLabel(factor)).toBe(label);
});

it("leads to a model whatever its name holds", () => {
  expect(modelHref("acme", { provider: "azure", model: "my/model?&#" })).toBe(
    "/acme/prices/model?provider=azure&model=my%2Fmodel%3F%26%23",
  );
});
