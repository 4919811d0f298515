import { beforeEach, expect, it } from "vitest";
import { closeOpened, nowOpened, openPalette, readTypedAhead, typeAhead } from "./opened";

beforeEach(() => openPalette(null));

it("stays open when what was open before says late that it was closed", () => {
  openPalette("help");
  openPalette("palette");
  closeOpened("help");
  expect(nowOpened()).toBe("palette");
});

it("is closed by itself, for nothing or for the next", () => {
  openPalette("palette");
  closeOpened("palette", "help");
  expect(nowOpened()).toBe("help");
  closeOpened("help");
  expect(nowOpened()).toBeNull();
});

it("keeps what is typed ahead, and ends on Escape", () => {
  openPalette("palette");
  ["u", "x", "Backspace", "s", "Shift"].forEach(typeAhead);
  expect(readTypedAhead()).toBe("us");
  typeAhead("Escape");
  expect(nowOpened()).toBeNull();
  expect(readTypedAhead()).toBe("");
});
