import type { Assessment } from "./assess";
import type { ImportProgress } from "./import-file";
import type { RejectedRow } from "./queries";

const number = (value: number) => value.toLocaleString("en-US");
const share = (part: number, whole: number) => (whole === 0 ? 1 : Math.min(1, part / whole));
const barWidth = 30;

export function rejectionLine({ line, field, message }: RejectedRow): string {
  return `  line ${String(line)}: ${field === null ? "the row" : field} ${message}`;
}

/** A bar that is drawn over on a terminal; elsewhere a plain line at each tenth. */
export class ProgressPrinter {
  private tenths = 0;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly totalBytes: number,
  ) {}

  show(progress: ImportProgress): void {
    const done = share(progress.bytesRead, this.totalBytes);
    const facts = `${String(Math.floor(done * 100)).padStart(3)} %  ${number(progress.rowsRead)} rows, ${number(progress.accepted)} new, ${number(progress.duplicates)} known, ${number(progress.rejected)} bad`;
    if (this.out.isTTY) {
      const filled = Math.round(done * barWidth);
      this.out.write(`\r\u001b[2K[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${facts}`);
    } else if (Math.floor(done * 10) > this.tenths) {
      this.tenths = Math.floor(done * 10);
      this.out.write(`${facts}\n`);
    }
  }

  end(): void {
    if (this.out.isTTY) this.out.write("\n");
  }
}

export function previewLines(assessment: Assessment): string[] {
  const rows = assessment.first.map((call) => {
    const units = Object.entries(call.units).map(([bucket, amount]) => `${bucket} ${number(amount)}`);
    const cost = call.costUsd === null ? "unpriced" : `$${call.costUsd} (${call.priceStatus})`;
    const model = `${call.provider}/${call.model}`;
    return `  line ${String(call.line)}: ${call.occurredAt}  ${model}  ${call.feature ?? "(no feature)"}  ${units.join(", ")}  ${cost}`;
  });
  const { rowsRead, good, bad, unpriced, unattributed, inputTokens, outputTokens, costUsd } = assessment;
  return [
    "The first rows, as they would be stored:",
    ...rows,
    `${number(rowsRead)} rows: ${number(good)} good, ${number(bad)} bad; ${number(inputTokens)} input and ${number(outputTokens)} output tokens, $${costUsd}`,
    ...(unpriced > 0
      ? [`${number(unpriced)} calls have no known price; they are in no total until they do.`]
      : []),
    ...(unattributed > 0 ? [`${number(unattributed)} calls have no feature.`] : []),
  ];
}

export function resultLines(result: ImportProgress): string[] {
  return [
    `${number(result.rowsRead)} rows: ${number(result.accepted)} calls stored, ${number(result.duplicates)} were there already, ${number(result.rejected)} bad.`,
    ...(result.unpriced > 0 ? [`${number(result.unpriced)} of the stored calls have no known price.`] : []),
    ...(result.unattributed > 0
      ? [`${number(result.unattributed)} of the stored calls have no feature.`]
      : []),
  ];
}
