import { expect, it } from "vitest";
import { draftOf, inputOf, withMonth } from "./draft-feature";

const said = {
  feature: "chat",
  ownerId: "11111111-1111-4111-8111-111111111111",
  conversionEvent: "Reply Sent",
  protectedReason: "promised",
  seasonalMonths: [1, 2],
};

it("a form that nobody touched says what was said", () => {
  expect(inputOf("chat", draftOf(said))).toEqual(said);
  const nothing = {
    feature: "chat",
    ownerId: null,
    conversionEvent: null,
    protectedReason: null,
    seasonalMonths: [],
  };
  expect(inputOf("chat", draftOf(nothing))).toEqual(nothing);
});

it("blanks are no reason, and part of an event's name", () => {
  const draft = { ...draftOf(said), protectedReason: "  ", conversionEvent: " Reply " };
  expect(inputOf("chat", draft)).toMatchObject({ protectedReason: null, conversionEvent: " Reply " });
});

it("months come and go in order", () => {
  const more = withMonth(draftOf({ ...said, seasonalMonths: [2, 11] }), 7, true);
  expect(more.seasonalMonths).toEqual([2, 7, 11]);
  expect(withMonth(more, 7, true).seasonalMonths).toEqual([2, 7, 11]);
  expect(withMonth(more, 2, false).seasonalMonths).toEqual([7, 11]);
});

it("what the server would refuse cannot be saved", () => {
  expect(inputOf("chat", { ...draftOf(said), ownerId: "dana" })).toBeNull();
  expect(inputOf("chat", { ...draftOf(said), protectedReason: "x".repeat(501) })).toBeNull();
});
