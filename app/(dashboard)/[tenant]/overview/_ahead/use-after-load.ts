"use client";

import { useEffect, useState } from "react";

/** Safari has no idle callback; so long is enough for the figures that were waited for. */
const laterMs = 200;

/** Whether the page has loaded what it was asked for and the browser has nothing more urgent to do. */
export function useAfterLoad(): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const leave = new AbortController();
    const show = () => {
      if (!leave.signal.aborted) setIsDue(true);
    };
    const wait = () => {
      if ("requestIdleCallback" in window) requestIdleCallback(show, { timeout: 2_000 });
      else setTimeout(show, laterMs);
    };
    if (document.readyState === "complete") wait();
    else addEventListener("load", wait, { once: true, signal: leave.signal });
    return () => leave.abort();
  }, []);
  return isDue;
}
