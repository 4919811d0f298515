"use client";

import { useNow } from "../../_components/use-now";
import { Destinations } from "./destinations";
import { Guarantees } from "./guarantees";
import { Messages } from "./messages";

/** Where incidents are told, and what became of each message. */
export function AlertSettings({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  return (
    <div className="space-y-4">
      <Destinations now={now} />
      <Messages now={now} />
      <Guarantees />
    </div>
  );
}
