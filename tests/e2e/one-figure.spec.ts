import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { makeCompany } from "./one-figure/company";
import { fromView, makeReader, scraped } from "./one-figure/doors";
import { type Doors, type Figure, readingsOf } from "./one-figure/figure";
import { lies } from "./one-figure/lies";
import { metricFigures } from "./one-figure/metric-figures";
import { type Door, doors, liars, type Readings, tableOf } from "./one-figure/readings";
import { viewFigures } from "./one-figure/view-figures";
import { visit } from "./screen";

// Wide enough for every column.
test.use({ person: "owner", viewport: { width: 1600, height: 1000 }, actionTimeout: 30_000 });
test.describe.configure({ mode: "serial" });

let known: Doors;
let figures: Figure[];

async function read(page: Page, figure: Figure): Promise<Readings> {
  await visit(page, `/${known.company.slug}/${figure.path}`);
  return readingsOf(known, figure, page);
}

test("twenty figures are one on screen, in CSV, by API, in /metrics or a BI view, and by a plain GROUP BY", async ({
  page,
}) => {
  test.setTimeout(600_000);
  const company = await makeCompany();
  known = { company, reader: await makeReader(page, company), scrape: () => scraped(company) };
  figures = [...metricFigures(known), ...(await viewFigures(known))];
  const told: { name: string; readings: Readings }[] = [];
  for (const figure of figures) {
    const readings = await test.step(figure.name, () => read(page, figure));
    told.push({ name: figure.name, readings });
    expect.soft(liars(readings), `${figure.name}: ${JSON.stringify(readings)}`).toEqual([]);
    expect.soft(Number(readings.ledger), `${figure.name} is something`).toBeGreaterThan(0);
  }
  console.log(tableOf(told));
  const toldBy = (door: Door) => told.filter(({ readings }) => readings[door] !== undefined).length;
  expect(new Set(told.map(({ name }) => name)).size).toBe(20);
  for (const door of ["screen", "csv", "api", "ledger"] as const) expect(toldBy(door)).toBe(20);
  expect(toldBy("metrics")).toBeGreaterThanOrEqual(6);
  expect(toldBy("bi")).toBeGreaterThanOrEqual(6);
});

for (const lie of lies) {
  test(`${lie.name}: a last digit is enough, and it is said who tells it`, async ({ page }) => {
    const figure = figures.find(({ name }) => name === lie.figure);
    if (!figure) throw new Error(`There is no figure ${lie.figure}.`);
    const before = await read(page, figure);
    const takeBack = await lie.tell(known.company, page, before.ledger ?? "");
    try {
      const readings = await read(page, figure);
      expect(liars(readings), JSON.stringify(readings)).toEqual(lie.told);
      const honest = doors.filter((door) => !lie.told.includes(door));
      for (const door of honest) expect(readings[door], door).toBe(before[door]);
    } finally {
      await takeBack();
    }
    expect(await read(page, figure)).toEqual(before);
  });
}

test("the reader reads no more once it is revoked", async ({ page }) => {
  await visit(page, `/${known.company.slug}/settings/bi`);
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke the reader" }).click();
  await expect(page.getByText("The reader was revoked.")).toBeVisible();
  await expect(fromView(known.reader, "SELECT sum(calls) FROM bi.features", [])).rejects.toThrow();
});
