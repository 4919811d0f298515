import type { Rejection } from "@/server/calls/schemas";
import type { SpanFault } from "./decoded";
import type { TagName } from "./tag-names";

/** What a sender is told: OTLP's partial success. */
export interface SpanReport {
  rejectedSpans: number;
  /** Null when there is nothing to say; a warning when no span was rejected. */
  message: string | null;
}

const mostReasons = 5;

/** Counts what was wrong with a request, reason by reason. */
export class Report {
  private readonly reasons = new Map<string, number>();
  private readonly tags = new Map<TagName, number>();
  private count = 0;

  constructor(faults: readonly SpanFault[]) {
    for (const fault of faults) this.reject(fault);
  }

  rejected(rejections: readonly Rejection[]): void {
    for (const { field, message } of rejections)
      this.reject(field === null ? message : `${field} ${message}`);
  }

  /** Tags that calls had but had to be stored without. */
  leftOut(tags: readonly TagName[]): void {
    for (const tag of tags) this.tags.set(tag, (this.tags.get(tag) ?? 0) + 1);
  }

  end(): SpanReport {
    const reasons = [...this.reasons].map(([reason, count]) => `${count} × ${reason}`);
    const said = reasons.slice(0, mostReasons);
    if (reasons.length > mostReasons) said.push(`${reasons.length - mostReasons} other reasons`);
    if (this.tags.size > 0) {
      const tags = [...this.tags].map(([tag, count]) => `${count} × ${tag}`).join(", ");
      said.push(
        `stored without tags of more than 256 bytes or with characters that cannot be stored: ${tags}`,
      );
    }
    return { rejectedSpans: this.count, message: said.length === 0 ? null : said.join("; ") };
  }

  private reject(reason: string): void {
    this.count += 1;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }
}
