"use client";

import { useEffect, useState } from "react";

/** The time, moving on each half minute, and starting where the server stood so that both render the same. */
export function useNow(initial: string): Date {
  const [now, setNow] = useState(() => new Date(initial));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
