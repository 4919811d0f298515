"use client";

import { useEffect, useState } from "react";

/** What a value is once it has stopped changing for a moment: typing asks one question, not one a letter. */
export function useSettled<T>(value: T, delayMs = 180): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
