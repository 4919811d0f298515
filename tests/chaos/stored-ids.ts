import { withClient } from "@/server/launch/provision";
import type { Installation } from "@/tests/installation/install";

/** The ids of a run that really are in the ledger, row by row, seen as the superuser. */
export async function storedIds(place: Installation, run: string): Promise<string[]> {
  return withClient(place.adminUrl, async (client) => {
    const { rows } = await client.query<{ call_id: string }>(
      "SELECT call_id FROM call WHERE starts_with(call_id, $1)",
      [`${run}-`],
    );
    return rows.map((row) => row.call_id);
  });
}
