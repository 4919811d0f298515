import type { SeedCall } from "./make-call";
import type { TenantProfile, UsageProfile } from "./profile";
import type { Random } from "./random";
import { usageStories } from "./usage-stories";

/** An event of product usage as it is stored. */
export interface SeedEvent {
  id: string;
  at: Date;
  userId: string;
  accountId: string;
  feature: string;
  event: string;
}

/** An end user, by what calls and events say of them. */
export interface SeenUser {
  id: string;
  accountId: string;
  first: Date;
  last: Date;
  calls: number;
}

const used = "Feature Used";
/** Of the people who only ever export or open a report. */
const readers = 40;

/** Hears the demo's calls one after the other and says what its app would have told of their use. */
export class UsageTeller {
  readonly events: SeedEvent[] = [];
  private readonly seen = new Map<string, SeenUser>();
  private readonly byFeature: ReadonlyMap<string, UsageProfile>;
  private readonly readers: readonly { id: string; accountId: string }[];
  private day = "";

  constructor(
    private readonly random: Random,
    profile: TenantProfile,
    private readonly end: Date,
  ) {
    this.byFeature = new Map(profile.features.flatMap(({ name, usage }) => (usage ? [[name, usage]] : [])));
    this.readers = Array.from({ length: profile.features.some(({ usage }) => usage) ? readers : 0 }, () => ({
      id: `usr_${random.hex(8)}`,
      accountId: random.pick(profile.accounts),
    }));
  }

  hear({ call }: SeedCall): void {
    const at = new Date(call.occurredAt);
    this.openReports(at);
    if (call.userId === undefined) return;
    this.meet(call.userId, call.accountId ?? "", at).calls += 1;
    const usage = this.byFeature.get(call.feature ?? "");
    const isFirst = (call.attempt ?? 1) === 1 && call.environment === "production";
    if (!usage || !isFirst || !this.random.chance(usage.share)) return;
    const user = { userId: call.userId, accountId: call.accountId ?? "" };
    const feature = usage.name ?? call.feature ?? "";
    this.tell(new Date(at.getTime() - this.random.int(100, 3_000)), { ...user, feature, event: used });
    if (usage.conversion && this.random.chance(usage.conversion.share)) {
      const later = new Date(at.getTime() + this.random.int(60_000, 1_500_000));
      this.tell(later, { ...user, feature, event: usage.conversion.event });
    }
    if (usage.leadsTo && this.random.chance(usage.leadsTo.share)) this.read(at, usage.leadsTo.feature);
  }

  users(): SeenUser[] {
    return [...this.seen.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  private meet(id: string, accountId: string, at: Date): SeenUser {
    const known = this.seen.get(id) ?? { id, accountId, first: at, last: at, calls: 0 };
    if (at < known.first) known.first = at;
    if (at > known.last) known.last = at;
    this.seen.set(id, known);
    return known;
  }

  private tell(at: Date, said: Omit<SeedEvent, "id" | "at">): void {
    if (at >= this.end) return;
    this.meet(said.userId, said.accountId, at);
    this.events.push({ id: `use_${this.random.hex(16)}`, at, ...said });
  }

  private read(at: Date, feature: string): void {
    const { id: userId, accountId } = this.random.pick(this.readers);
    this.tell(new Date(at.getTime() + this.random.int(60_000, 900_000)), {
      userId,
      accountId,
      feature,
      event: used,
    });
  }

  /** Now and then, on the first call of a day, somebody looks whether the report of the year is there. */
  private openReports(at: Date): void {
    const day = at.toISOString().slice(0, 10);
    if (day === this.day || this.readers.length === 0) return;
    this.day = day;
    if (this.random.chance(usageStories.seasonalFeature.share))
      this.read(at, usageStories.seasonalFeature.feature);
  }
}

/** The chunks, unchanged, each heard in passing. */
export function* heard(chunks: Iterable<SeedCall[]>, teller: UsageTeller): Generator<SeedCall[]> {
  for (const chunk of chunks) {
    for (const call of chunk) teller.hear(call);
    yield chunk;
  }
}
