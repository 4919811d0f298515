"use client";

import dynamic from "next/dynamic";
import { useEffect, useEffectEvent } from "react";
import { useKeySetting } from "../_scope/key-setting";
import { isTaken } from "../_scope/keys";
import { HelpDialog } from "./help-dialog";
import { openPalette, typeAhead, useOpened } from "./opened";

/** Comes when it is first asked for: no screen waits for it. */
const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });

/** The search field of the screen; without one, everything can be searched. */
function search() {
  const field = document.querySelector<HTMLElement>("main input[type='search'], main [data-search]");
  if (field) field.focus();
  else openPalette("palette");
}

/** The palette and the help, and the keys that open them on every screen of a tenant. */
export function CommandCenter() {
  const opened = useOpened();
  const [isOn] = useKeySetting();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey) return;
    const isPalette = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (isPalette && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      openPalette("palette");
      return;
    }
    if (!isOn || event.ctrlKey || event.metaKey || isTaken(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key !== "?" && event.key !== "/") return;
    event.preventDefault();
    if (event.key === "?") openPalette("help");
    else search();
  });
  // Before every other listener: what is typed for the palette moves no range.
  const onKeyAhead = useEffectEvent((event: KeyboardEvent) => {
    if (opened !== "palette" || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    typeAhead(event.key);
  });
  useEffect(() => {
    window.addEventListener("keydown", onKeyAhead, { capture: true });
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKeyAhead, { capture: true });
      window.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <>
      {opened === "palette" && <Palette />}
      <HelpDialog />
    </>
  );
}
