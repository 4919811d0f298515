import { withAuth } from "@/server/db";
import { endSessions } from "./queries";
import type { SignedIn } from "./session";

/** Ends every session of the person, on all devices, this one included. */
export async function signOutEverywhere(session: SignedIn): Promise<void> {
  await withAuth((db) => endSessions(db, session.personId));
}
