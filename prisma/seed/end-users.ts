import type { UserWord } from "@/server/usage/schemas";
import type { Random } from "./random";
import { stories } from "./stories";
import { usageStories } from "./usage-stories";
import type { SeenUser } from "./tell-usage";

const dayMs = 86_400_000;

/** A plan and what a user of it pays each month. */
const plans = [
  { plan: "free", mrrUsd: "0", share: 30 },
  {
    plan: usageStories.underPricedPowerUsers.plan,
    mrrUsd: usageStories.underPricedPowerUsers.mrrUsd,
    share: 28,
  },
  { plan: "pro", mrrUsd: "19", share: 22 },
  { plan: "team", mrrUsd: "39", share: 12 },
  { plan: "enterprise", mrrUsd: "99", share: 8 },
] as const;
/** Of whom the app says nothing, or not what they pay. */
const unknownShare = 0.07;
const unknownRevenueShare = 0.06;

type Word = UserWord & { at: string };
const planNamed = (name: string) => plans.find(({ plan }) => plan === name) ?? plans[0];

/** What the demo's app says of its users: nothing of some, and of a few who never came. */
export function wordsOf(
  random: Random,
  users: readonly SeenUser[],
  accounts: readonly string[],
  end: Date,
): Word[] {
  const { expensiveLeavers, retryLoop } = stories;
  const { underPricedPowerUsers } = usageStories;
  const leavers = new Set<string>(expensiveLeavers.users);
  const busiest = new Set(
    [...users]
      .filter(({ id, last }) => !leavers.has(id) && end.getTime() - last.getTime() < 3 * dayMs)
      .sort((one, other) => other.calls - one.calls)
      .slice(0, underPricedPowerUsers.count)
      .map(({ id }) => id),
  );
  const seen = users.flatMap((user): Word[] => {
    const isUnknown = random.chance(unknownShare);
    const isSilent = random.chance(unknownRevenueShare);
    const picked = random.pick(plans, ({ share }) => share);
    const signedUpAt = new Date(user.first.getTime() - random.int(0, 21) * dayMs - random.int(0, dayMs));
    if (user.id === retryLoop.user) return [];
    const isStory = leavers.has(user.id) || busiest.has(user.id);
    if (isUnknown && !isStory) return [];
    const { plan, mrrUsd } = leavers.has(user.id)
      ? planNamed(expensiveLeavers.plan)
      : busiest.has(user.id)
        ? planNamed(underPricedPowerUsers.plan)
        : picked;
    return [
      {
        userId: user.id,
        accountId: user.accountId,
        plan,
        ...((isStory || !isSilent) && { mrrUsd }),
        signedUpAt: signedUpAt.toISOString(),
        at: user.last.toISOString(),
      },
    ];
  });
  return [...seen, ...neverCame(random, accounts, end)];
}

function neverCame(random: Random, accounts: readonly string[], end: Date): Word[] {
  return Array.from({ length: usageStories.neverCame.users }, (_, i) => {
    const { plan, mrrUsd } = planNamed(i < usageStories.neverCame.paying ? "pro" : "free");
    const signedUpAt = new Date(end.getTime() - random.int(4, 70) * dayMs).toISOString();
    const accountId = random.pick(accounts);
    return { userId: `usr_${random.hex(8)}`, accountId, plan, mrrUsd, signedUpAt, at: signedUpAt };
  });
}
