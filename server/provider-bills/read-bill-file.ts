import { createHash } from "node:crypto";
import { DomainError } from "@/server/errors";
import { readRows } from "@/server/imports/read-rows";
import { Usd, usdText } from "@/server/prices/decimal";
import { formatOfHeader } from "./file-formats";
import { type Cells, type RowAnswer, RowFault } from "./file-rows";
import { type BillLine, type FileFormat, type FileKind, faultsShown, maxBillFileLines } from "./schemas";
import { withPlainFile } from "./unpack-file";

export interface FileFault {
  /** Of the file, from 1. */
  line: number;
  /** '' where the whole row is at fault. */
  column: string;
  message: string;
}

export interface LeftOut {
  why: string;
  rows: number;
  /** USD; what the rows say without reading them further. */
  usd: string;
}

export interface BillFileContent {
  format: FileFormat;
  kind: FileKind;
  provider: string;
  /** UTC, both inclusive: a file speaks of every day between its first and its last row. */
  firstDay: string;
  lastDay: string;
  rows: number;
  lines: BillLine[];
  leftOut: LeftOut[];
  faults: FileFault[];
  faultCount: number;
  organizations: string[];
  invoiceNos: string[];
  /** Every charge bears the number of an invoice. */
  isInvoiced: boolean;
}

const refuse = (message: string) => new DomainError("INVALID_INPUT", message, { field: "file" });
const most = 50;
const notOver = "days that are not over";

/**
 * Reads a bill's file as a stream; what is held are its lines of models, as many as are allowed.
 * @param today the day of UTC that is not over: what a file says of it, and of later ones, is no bill yet
 * @throws DomainError INVALID_INPUT when no format fits, when there is nothing of a model, or when several providers' are mixed;
 *   PAYLOAD_TOO_LARGE
 */
export async function readBillFile(
  source: { file: string; bytes: number },
  today: string,
): Promise<BillFileContent> {
  return withPlainFile(source, async (plain) => {
    const reading = new Reading(today);
    for await (const row of readRows(plain, "csv")) {
      if ("fault" in row) reading.fault(row.line, "", row.fault);
      else reading.row(row.line, row.values);
    }
    return reading.content();
  });
}

class Reading {
  private format: ReturnType<typeof formatOfHeader> = null;
  private readonly lines: BillLine[] = [];
  private readonly leftOut = new Map<string, { rows: number; usd: Usd }>();
  private readonly faults: FileFault[] = [];
  private faultCount = 0;
  private rows = 0;
  private readonly providers = new Set<string>();
  private readonly organizations = new Set<string>();
  private readonly invoiceNos = new Set<string>();
  private charges = 0;
  private invoiced = 0;
  private firstDay = "";
  private lastDay = "";

  constructor(private readonly today: string) {}

  fault(line: number, column: string, message: string): void {
    this.faultCount += 1;
    if (this.faults.length < faultsShown) this.faults.push({ line, column, message });
  }

  row(line: number, values: ReadonlyMap<string, string>): void {
    this.format ??= formatOfHeader([...values.keys()]);
    if (!this.format)
      throw refuse(
        "We do not know a bill with these columns. We read OpenAI's cost export, Anthropic's cost and usage exports, and FOCUS files of AWS and Google as CSV.",
      );
    this.rows += 1;
    const cells = new Map([...values].map(([name, text]) => [name.trim().toLowerCase(), text.trim()]));
    const cell: Cells = (column) => cells.get(column) ?? "";
    try {
      this.take(this.format.read(cell), values);
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      this.fault(line, error.column, error.message);
    }
  }

  private take(answer: RowAnswer, values: ReadonlyMap<string, string>): void {
    if (answer.day >= this.today) {
      const usd = answer.kind === "lines" ? answer.lines.map(({ amount }) => amount ?? "0") : [answer.usd];
      this.leaveOut(notOver, usd);
      return;
    }
    if (this.firstDay === "" || answer.day < this.firstDay) this.firstDay = answer.day;
    if (answer.day > this.lastDay) this.lastDay = answer.day;
    if (answer.kind === "left-out") {
      this.leaveOut(answer.why, [answer.usd]);
      return;
    }
    this.providers.add(answer.provider);
    if (answer.organization !== "" && this.organizations.size < most) this.organizations.add(answer.organization); // prettier-ignore
    if (answer.invoiceNo !== "" && this.invoiceNos.size < most) this.invoiceNos.add(answer.invoiceNo);
    this.charges += answer.lines.length;
    if (answer.invoiceNo !== "") this.invoiced += answer.lines.length;
    const raw = Object.fromEntries([...values].filter(([, text]) => text !== ""));
    for (const line of answer.lines) this.lines.push({ ...line, raw });
    if (this.lines.length > maxBillFileLines)
      throw new DomainError(
        "PAYLOAD_TOO_LARGE",
        `A file may have ${String(maxBillFileLines)} rows of models; export fewer days at once, or days instead of hours.`,
      );
  }

  private leaveOut(why: string, usd: readonly string[]): void {
    const key = this.leftOut.has(why) || this.leftOut.size < most ? why : "other services";
    const known = this.leftOut.get(key) ?? { rows: 0, usd: new Usd(0) };
    const sum = usd.reduce((total, one) => total.plus(one), known.usd);
    this.leftOut.set(key, { rows: known.rows + 1, usd: sum });
  }

  content(): BillFileContent {
    if (!this.format) throw refuse("This file has no rows.");
    const leftOut = [...this.leftOut].map(([why, { rows, usd }]) => ({ why, rows, usd: usdText(usd) }));
    const [provider, other] = [...this.providers];
    if (other !== undefined)
      throw refuse("This file mixes the bills of several providers. Export one file for each of them.");
    if (provider === undefined && this.faultCount === 0)
      throw refuse(
        leftOut.length === 0 || leftOut.every(({ why }) => why === notOver)
          ? "This file says nothing of a day that is over."
          : `This file has no charge for a model; what it has is of ${leftOut.map(({ why }) => why).slice(0, 3).join(", ")}.`, // prettier-ignore
      );
    return {
      format: this.format.format,
      kind: this.format.kind,
      provider: provider ?? "",
      firstDay: this.firstDay,
      lastDay: this.lastDay,
      rows: this.rows,
      lines: withServices(this.lines),
      leftOut: leftOut.sort((one, other) => new Usd(other.usd).abs().comparedTo(new Usd(one.usd).abs())),
      faults: this.faults,
      faultCount: this.faultCount,
      organizations: [...this.organizations].sort(),
      invoiceNos: [...this.invoiceNos].sort(),
      isInvoiced: this.charges > 0 && this.invoiced === this.charges,
    };
  }
}

/** Where a file names batches and other services at all, what it names none for is standard. */
function withServices(lines: readonly BillLine[]): BillLine[] {
  const isTold = lines.some(({ service }) => service !== "");
  return lines.map((line) =>
    isTold && line.model !== "" && line.service === "" ? { ...line, service: "standard" } : line,
  );
}

/**
 * The stream of a file's reads: files of the same kind and organisation say the same again, or something else; others stand
 * beside them.
 */
export function streamOfFile({
  provider,
  kind,
  organizations,
}: Pick<BillFileContent, "provider" | "kind" | "organizations">): string {
  const hex = createHash("sha256")
    .update(JSON.stringify([provider, kind, organizations]))
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
