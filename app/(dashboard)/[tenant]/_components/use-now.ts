"use client";

import { useEffect, useState } from "react";

/**
 * The server's time, moving on each half minute: it starts where the server stood, so that both render the same, and goes
 * on from there whatever the clock of this machine says.
 */
export function useNow(initial: string): Date {
  const [now, setNow] = useState(() => new Date(initial));
  const [ahead] = useState(() => Date.parse(initial) - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(Date.now() + ahead)), 30_000);
    return () => clearInterval(timer);
  }, [ahead]);
  return now;
}
