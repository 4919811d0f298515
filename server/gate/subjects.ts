import type { SubjectKey } from "./queries";

interface Tagged {
  feature?: string | undefined;
  team?: string | undefined;
  userId?: string | undefined;
  accountId?: string | undefined;
  environment?: string | undefined;
}

/** Whose budgets a call comes under: everybody's, and those of its tags. */
export function subjectsOf({ feature, team, userId, accountId, environment }: Tagged): SubjectKey[] {
  const named = { team, feature, user: userId, account: accountId, environment };
  return [
    { kind: "tenant", key: "" },
    ...Object.entries(named).flatMap(([kind, key]) => (key === undefined ? [] : [{ kind, key }])),
  ];
}
