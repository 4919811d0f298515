"use client";

import { useNow } from "../../_components/use-now";
import { AttributeMap } from "./attribute-map";
import { Connections } from "./connections";
import { InboxHealth } from "./inbox-health";

/** What comes in without an app that sends it call by call. */
export function Sources({ now: initialNow }: { now: string }) {
  const now = useNow(initialNow);
  return (
    <div className="space-y-4">
      <Connections now={now} />
      <InboxHealth now={now} />
      <AttributeMap />
    </div>
  );
}
