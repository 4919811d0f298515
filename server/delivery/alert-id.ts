/** What people read aloud and search for: one incident has one in all of its messages. */
export function alertIdOf(incidentId: string): string {
  return `TL-${incidentId.replaceAll("-", "").slice(0, 10).toUpperCase()}`;
}
