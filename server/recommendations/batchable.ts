import type { EvidenceOf } from "./schemas";

/** Calls of a feature with one model, and of all of the tenant. */
export interface Waiting {
  calls: number;
  withoutUser: number;
  /** Between 22:00 and 06:00 on the tenant's clocks. */
  atNight: number;
}
export interface Everything {
  calls: number;
  withoutUser: number;
}

export const nightFrom = 22;
export const nightTo = 6;
const shareWithoutUser = 0.95;
const shareAtNight = 0.8;
/** Of all calls, how many have to name a user, for the lack of one to say anything. */
const shareWithUser = 0.5;
const fewestCalls = 100;

type Sign = Pick<EvidenceOf<"batch">, "sign" | "signShare">;

const shareText = (part: number, whole: number) => String(Math.floor((part / whole) * 10_000) / 10_000);

/**
 * Whether nobody seems to wait for the answers: hardly any call names a user, in an organisation whose calls mostly do; or
 * nearly all come at night. Null: somebody may wait.
 */
export function signOfWaiting(of: Waiting, all: Everything): Sign | null {
  if (of.calls < fewestCalls) return null;
  const named = all.calls - all.withoutUser;
  if (named >= all.calls * shareWithUser && of.withoutUser >= of.calls * shareWithoutUser)
    return { sign: "withoutUser", signShare: shareText(of.withoutUser, of.calls) };
  if (of.atNight >= of.calls * shareAtNight)
    return { sign: "atNight", signShare: shareText(of.atNight, of.calls) };
  return null;
}
