/** "12 s left", "4 min left", "2 h 5 min left": rounded up, for it is a guess that should not disappoint. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return `${String(Math.ceil(seconds))} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min left`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min left`;
}
