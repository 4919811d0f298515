import { useQueryClient } from "@tanstack/react-query";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { type Outputs, TrpcProvider, useTRPC } from "@/app/_trpc/client";
import { type Role, roleRights } from "@/server/auth/permissions";
import { type Cause, causes } from "@/server/provider-bills/schemas";
import { TenantProvider } from "../_components/tenant-context";
import { Bills } from "./bills";
import { coversOf } from "./connect-bill-dialog";
import { FilePreview } from "./file-preview";
import type { BillDay, BillMonth } from "./words";

vi.mock("next/navigation", () => ({
  usePathname: () => "/acme/bills",
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({}),
}));

const now = "2026-11-20T12:00:00.000Z";
const ownerId = "11111111-1111-4111-8111-111111111111";
const bill = { provider: "openai", month: "2026-10" };
const none = Object.fromEntries(causes.map((cause) => [cause, "0"])) as Record<Cause, string>;
const coverage = { cause: "coverage", subject: "proj_lab", usd: "5.985" } as const;
const tax = { cause: "tax_or_credit", subject: "Sales tax", usd: "3.18" } as const;
const unexplained = { cause: "unexplained", subject: "", usd: "-0.01" } as const;
const day = (date: string, more: Partial<BillDay> = {}): BillDay => ({
  day: date, state: "final", isCorrected: false, readAt: "2026-11-03T06:00:00.000Z", beforeUsd: null, billUsd: "10", ledgerUsd: "10",
  gapUsd: "0", causes: [], unexplainedUsd: "0", unexplainedShare: "0", ...more,
}); // prettier-ignore
const month: BillMonth = {
  ...bill,
  billUsd: "109.155", ledgerUsd: "100", gapUsd: "9.155", causes: [coverage, tax, unexplained],
  byCause: { ...none, coverage: "5.985", tax_or_credit: "3.18", unexplained: "-0.01" },
  unexplainedUsd: "0.01", unexplainedShare: "0.000092", isFinal: true, signOff: null, unreadDays: [], unmatched: { bill: [], ledger: [] },
  days: [day("2026-10-01", { billUsd: "15.985", gapUsd: "5.985", causes: [coverage] }), day("2026-10-02", { state: "provisional", isCorrected: true, beforeUsd: "9.50" })],
}; // prettier-ignore
const lines: Outputs["bills"]["match"]["lines"] = [
  { day: "2026-10-01", model: "gpt-4o", tokenClass: "output", billUsd: "15.985", ledgerUsd: "10", gapUsd: "5.985", quantities: [{ service: "standard", billed: "1500", ledger: "1000" }], causes: [coverage] },
  { day: "2026-10-01", model: "gpt-4o", tokenClass: "input", billUsd: "1", ledgerUsd: "1", gapUsd: "0", quantities: null, causes: [] },
]; // prettier-ignore
const signOff: NonNullable<BillMonth["signOff"]> = { signedBy: ownerId, signedAt: "2026-11-04T09:00:00.000Z", note: "Agreed with Kim", billUsd: "109.155", ledgerUsd: "100", billChangedUsd: "0", ledgerChangedUsd: "0", isReopened: false, invoiceNo: "INV-77" }; // prettier-ignore
const file: Outputs["bills"]["files"]["files"][number] = {
  id: ownerId, provider: "aws", format: "focus", kind: "cost", fileName: "october.csv.gz", sha256: "ab".repeat(32), bytes: 12_345, rows: 9, amountUsd: "42.5",
  leftOut: [{ why: "Amazon S3", rows: 3, usd: "0.51" }], organizations: ["1"], invoiceNos: ["2026100001"], firstDay: "2026-10-01", lastDay: "2026-10-31",
  lines: 6, isSettled: true, addedBy: ownerId, addedAt: "2026-11-03T06:00:00.000Z", removedAt: null, removedBy: null,
}; // prettier-ignore
const connection: Outputs["bills"]["list"]["connections"][number] = {
  id: ownerId, provider: "openai", name: "Main organisation", baseUrl: "https://api.openai.com", settings: { daysBack: 35, covers: ["proj_a", "proj_b"], netOfDiscounts: false },
  state: "failing", lastRunAt: now, lastOkAt: null, failure: "The provider refused the admin key.", waitUntil: null, createdAt: now,
}; // prettier-ignore
const preview: Outputs["bills"]["previewFile"] = {
  fileName: "cost.csv", bytes: 900, sha256: "cd".repeat(32), provider: "openai", firstDay: "2026-10-01", lastDay: "2026-10-03", lines: 7, format: "openai-cost", kind: "cost",
  rows: 8, leftOut: [{ why: "days that are not over", rows: 1, usd: "1" }], faults: [], faultCount: 0, organizations: [], invoiceNos: [], isInvoiced: false,
  amountUsd: "1.27003", listUsd: null, taxUsd: "1.21", creditUsd: "-0.5", otherUsd: "0.025", days: 2, known: null, connectedDays: 0,
  models: [{ model: "gpt-4o", key: "gpt-4o", isKnown: true, usd: "0.535", tokens: "180000" }, { model: "orion", key: "orion", isKnown: false, usd: "0.1", tokens: null }],
}; // prettier-ignore

interface Known {
  providers?: Outputs["bills"]["providers"]["providers"];
  month?: Partial<BillMonth>;
  files?: (typeof file)[];
  connections?: (typeof connection)[];
  preview?: Partial<typeof preview>;
  role?: Role;
  search?: string;
}

function Answered({ known, children }: { known: Known; children: ReactNode }) {
  const client = useQueryClient();
  const { bills, members } = useTRPC();
  const providers = known.providers ?? [{ provider: "openai", months: ["2026-11", "2026-10"] }];
  client.setQueryData(bills.providers.queryKey(), { providers });
  client.setQueryData(bills.month.queryKey(bill), { ...month, ...known.month });
  client.setQueryData(bills.match.queryKey(bill), { lines });
  client.setQueryData(bills.trend.queryKey({ provider: "openai", months: ["2026-10", "2026-11"] }), {
    months: [
      { month: "2026-10", unreadDays: 0, figures: { billUsd: "1", gapUsd: "0", unexplainedUsd: "0.01", unexplainedShare: "0.012" } },
      { month: "2026-11", unreadDays: 19, figures: null },
    ],
  }); // prettier-ignore
  client.setQueryData(bills.files.queryKey(), { files: known.files ?? [] });
  client.setQueryData(bills.list.queryKey(), { connections: known.connections ?? [], pulls: [] });
  client.setQueryData(bills.previewFile.queryKey({ uploadId: ownerId }), { ...preview, ...known.preview });
  const all = [{ personId: ownerId, name: "Dana Demo", email: "d@example.com", role: "owner", since: now }];
  client.setQueryData(members.list.queryKey(), { members: all } as unknown as Outputs["members"]["list"]);
  return children;
}

function painted(known: Known = {}, screen: ReactNode = <Bills now={now} />) {
  const tenant = { slug: "acme", name: "Acme", timeZone: "UTC", rights: roleRights[known.role ?? "owner"] } as unknown as Parameters<typeof TenantProvider>[0]["tenant"]; // prettier-ignore
  const html = renderToStaticMarkup(
    <NuqsTestingAdapter searchParams={known.search ?? ""}>
      <TrpcProvider tenantSlug="acme">
        <TenantProvider tenant={tenant}>
          <Answered known={known}>{screen}</Answered>
        </TenantProvider>
      </TrpcProvider>
    </NuqsTestingAdapter>,
  );
  expect(html).not.toMatch(/NaN|undefined|\[object/);
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  levels.forEach((level, place) => expect(level - (levels[place - 1] ?? level)).toBeLessThanOrEqual(1));
  return { html, text: html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ") };
}

describe("a month of a bill", () => {
  it("goes from the ledger to the bill, cause by cause, with what each is about", () => {
    const { html, text } = painted();
    for (const words of [
      "OpenAI, Oct 2026, UTC",
      "$109.16",
      "+$9.16",
      "Not in the ledger",
      "It was billed, and its calls were never sent here.",
      "proj_lab: +$5.98",
      "Sales tax: +$3.18",
      "The scale begins at $100.00.",
      "not signed off",
      "Sign off Oct 2026",
    ])
      expect(text).toContain(words);
    expect(html).toContain("/api/reports/billMatch");
    // The running month can be chosen; without a choice it is the last whole one.
    expect(html).toMatch(/<option value="2026-10" selected="">/);
    expect(text.indexOf("Not in the ledger")).toBeLessThan(text.indexOf("Tax or credit"));
  });

  it("says when both agree", () => {
    const { text } = painted({ month: { gapUsd: "0", billUsd: "100", causes: [], byCause: none } });
    expect(text).toContain("Bill and ledger agree to the last decimal.");
  });

  it("marks what is provisional and corrected, with what it said before", () => {
    const { html, text } = painted();
    expect(text).toContain("provisional");
    expect(text).toContain("corrected was $9.50 , is $10.00");
    expect(html).toContain('href="/acme/bills?provider=openai&amp;month=2026-10&amp;day=2026-10-01"');
  });

  it("opens a day line by line, what differs first", () => {
    const { text } = painted({ search: "?provider=openai&month=2026-10&day=2026-10-01" });
    expect(text).toContain("By model and class of token");
    expect(text).toContain(
      "Not in the ledger +$5.98 It was billed, and its calls were never sent here. (proj_lab)",
    );
    expect(text).toContain("1,500");
    // What agrees is there for who asks.
    expect(text).not.toContain("gpt-4o input");
  });

  it("names days that nobody read, and models that nobody knows", () => {
    const unread = day("2026-10-03", { state: "unread", readAt: null, billUsd: null, ledgerUsd: null, gapUsd: null }); // prettier-ignore
    const { text } = painted({ month: { isFinal: false, unreadDays: ["2026-10-03"], days: [...month.days, unread], unmatched: { bill: ["orion"], ledger: [] } } }); // prettier-ignore
    expect(text).toContain("Nobody has read the bill of 1 day of 3");
    expect(text).toContain("models that the price book does not know: orion");
    expect(text).toContain("It can be signed off once every day of it was read.");
    expect(text).not.toContain("Sign off Oct 2026");
  });

  it("tells the trend, and leaves a month that nobody read without a figure", () => {
    expect(painted().text).toMatch(/Oct 2026 1\.2\s?% \$0\.01 Nov 2026 19 days not read – –/);
  });
});

describe("the sign-off", () => {
  it("tells who agreed to what", () => {
    const { text } = painted({ month: { signOff } });
    expect(text).toContain("Signed off 4 Nov, 09:00 by Dana Demo");
    expect(text).toContain("invoice INV-77");
    expect(text).toContain("“Agreed with Kim”");
    expect(text).toContain("Nothing has changed since.");
    expect(text).not.toContain("Sign off Oct 2026");
  });

  it("is open again once the provider has corrected the bill", () => {
    const { text } = painted({ month: { signOff: { ...signOff, isReopened: true, billChangedUsd: "0.4" } } });
    expect(text).toContain("open again");
    expect(text).toContain("the bill changed by +$0.40 and the ledger by ±$0.00");
    expect(text).toContain("Sign off Oct 2026");
  });

  it("is finance's: others only look", () => {
    expect(painted({ role: "finance" }).text).toContain("Sign off Oct 2026");
    for (const role of ["admin", "viewer"] as const)
      expect(painted({ role }).text).not.toContain("Sign off Oct 2026");
  });
});

describe("connections and files", () => {
  it("teach where there are none", () => {
    const { text } = painted({ providers: [] });
    expect(text).toContain("No bill yet");
    expect(text).toContain("Nothing is connected");
    expect(text).toContain("No file yet");
  });

  it("tell what is wrong, what was left out, and by whom they came", () => {
    const { text } = painted({ connections: [connection], files: [file] });
    for (const words of [
      "The provider refused the admin key.",
      "Never read to the end yet",
      "2 projects alone",
      "Read now",
      "october.csv.gz AWS Bedrock FOCUS after the invoice",
      "Left out, in no figure: 3 rows for $0.51: Amazon S3 ($0.51).",
      "by Dana Demo",
      "Remove",
    ])
      expect(text).toContain(words);
    expect(painted({ files: [{ ...file, removedAt: now, removedBy: ownerId }] }).text).toContain("removed");
  });

  it("are shown as far as the role goes", () => {
    const viewer = painted({ role: "viewer", connections: [connection], files: [file] }).text;
    expect(viewer).toContain("october.csv.gz");
    expect(viewer).not.toMatch(/Main organisation|Choose a file|Remove/);
  });

  it("take ids in any spelling", () => {
    expect(coversOf(" proj_a, proj_b\nproj_a ")).toEqual(["proj_a", "proj_b"]);
    expect(coversOf(" ")).toBeNull();
  });
});

describe("a file before it counts", () => {
  const screen = <FilePreview uploadId={ownerId} onDone={() => undefined} />;

  it("tells whose bill it is, its days, its sum and its models", () => {
    const { text } = painted({}, screen);
    for (const words of [
      "OpenAI cost export of OpenAI",
      "2 days with charges, 7 lines",
      "$1.27",
      "Taxes $1.21",
      "orion not in the price book",
      "days that are not over ($1.00)",
      "The provider has sent the invoice for these days",
      "Add the bill",
    ])
      expect(text).toContain(words);
  });

  it("cannot be added with a row that cannot be read", () => {
    const faults = [{ line: 4, column: "amount_value", message: "must be an amount, but is “x”" }];
    const { html, text } = painted({ preview: { faults, faultCount: 3 } }, screen);
    expect(text).toContain("3 rows cannot be read");
    expect(text).toMatch(/line 4 ?: amount_value must be an amount/);
    expect(html).toMatch(/<button[^>]*disabled=""[^>]*>Add the bill/);
  });

  it("says when it was here before, and when a connection knows better", () => {
    const known = { addedAt: now, isRemoved: false };
    const { text } = painted({ preview: { known, connectedDays: 2 } }, screen);
    expect(text).toContain("Adding it again doubles nothing");
    expect(text).toContain("A connection has read 2 days of it.");
  });
});
