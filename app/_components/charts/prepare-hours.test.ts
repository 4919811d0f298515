import { describe, expect, it } from "vitest";
import { type HourInput, prepareHours } from "./prepare-hours";

const cell = (weekday: number, hour: number, value: string | null): HourInput => ({
  weekday,
  hour,
  value,
  calls: 3,
});
const grid = (cells: HourInput[]) => prepareHours({ cells, kind: "usd", label: "Mean cost per hour" });

describe("prepareHours", () => {
  it("has every hour of the week, Monday first", () => {
    const { rows } = grid([]);
    expect(rows.map(({ name }) => name)).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    expect(rows.map(({ cells }) => cells.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
    expect(rows[6]?.cells[23]?.title).toBe("Sun 23:00 – 00:00");
  });
  it("tells an hour without spend from one that is not known", () => {
    const { rows } = grid([cell(1, 0, "0"), cell(1, 1, null), cell(1, 3, "4")]);
    expect(rows[0]?.cells.slice(0, 4).map(({ level }) => level)).toEqual([0, null, null, 5]);
  });
  it("shades by fifths of the highest; a trace is not nothing", () => {
    const values = ["10", "8.01", "8", "2", "0.0001"];
    const { rows, highest } = grid(values.map((value, hour) => cell(7, hour, value)));
    expect(rows[6]?.cells.slice(0, 5).map(({ level }) => level)).toEqual([5, 5, 4, 1, 1]);
    expect(highest).toBe("10");
  });
  it("finds the highest by value, not by text", () =>
    expect(grid([cell(1, 0, "9"), cell(2, 0, "10")]).highest).toBe("10"));
  it.each([
    ["idle all week", [cell(1, 0, "0")], "0", 0],
    ["nothing known", [cell(1, 0, null)], null, null],
  ])("stands %s", (_name, cells, highest, level) => {
    const found = grid(cells);
    expect([found.highest, found.rows[0]?.cells[0]?.level]).toEqual([highest, level]);
  });
});
