import { Badge, type Tone } from "@/app/_components/ui/badge";
import { formatDayLong } from "@/app/_format/dates";
import type { UserState } from "@/server/retention/state";

export const stateWords = {
  active: "active",
  atRisk: "at risk",
  churned: "churned",
  never: "never came",
} as const satisfies Record<UserState, string>;

const tones = { active: "good", atRisk: "warn", churned: "bad", never: "neutral" } as const satisfies Record<
  UserState,
  Tone
>;

/** How a user stands, and since when they were not there. */
export function StateBadge({ state, lastDay }: { state: UserState; lastDay: string | null }) {
  return (
    <Badge
      tone={tones[state]}
      title={lastDay === null ? "No call and no event yet" : `Last there on ${formatDayLong(lastDay)}`}
    >
      {stateWords[state]}
    </Badge>
  );
}
