import type { TenantProfile } from "./profile";
import type { Random } from "./random";

/** An end user of the tenant. */
export interface EndUser {
  id: string;
  accountId: string;
  /** Active days, counted back from today. */
  joinedDaysAgo: number;
  leftDaysAgo: number;
}

export interface People {
  /** Somebody who was there on that day; a few use it much, most a little. */
  someone(daysAgo: number): EndUser;
}

const tries = 20;

/** The tenant's end users: a third joined during the window, one of ten left in it. */
export function makePeople(random: Random, profile: TenantProfile): People {
  const users = Array.from({ length: profile.users }, (_, i): EndUser => {
    const joinedDaysAgo = i > 0 && random.chance(0.33) ? random.int(4, profile.days) : profile.days + 1;
    const leftDaysAgo = i > 0 && random.chance(0.1) ? random.int(2, Math.max(2, joinedDaysAgo - 3)) : -1;
    return {
      id: `usr_${random.hex(8)}`,
      accountId: random.pick(profile.accounts),
      joinedDaysAgo,
      leftDaysAgo,
    };
  });
  const always = users[0];
  if (!always) throw new RangeError("A tenant needs users");
  return {
    someone(daysAgo) {
      for (let i = 0; i < tries; i += 1) {
        // The power makes the first of the list many times as busy as the last, as usage goes.
        const user = users[Math.floor(random.next() ** 1.6 * users.length)] ?? always;
        if (daysAgo <= user.joinedDaysAgo && daysAgo > user.leftDaysAgo) return user;
      }
      return always;
    },
  };
}
