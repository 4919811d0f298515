"use client";

import dynamic from "next/dynamic";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";

// Every screen has this door; what lies behind it is fetched by those who open it.
const WhyDialog = dynamic(() => import("./why-dialog").then((module) => module.WhyDialog), { ssr: false });

/** The explanation of a change that the address asks for, on whichever screen. There is one in the layout. */
export function WhyDoor() {
  const [why] = useQueryState("why", parseAsString);
  // Kept from the first opening on: the browser gives the focus back only to a dialog that it closes itself.
  const [wasAsked, setWasAsked] = useState(false);
  if (why !== null && !wasAsked) setWasAsked(true);
  return wasAsked ? <WhyDialog /> : null;
}
