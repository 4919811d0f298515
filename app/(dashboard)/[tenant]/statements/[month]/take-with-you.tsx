"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { focusModes, type FocusMode } from "@/server/focus/schemas";
import { useTenant } from "../../_components/tenant-context";

const modeWords: Record<FocusMode, { name: string; sentence: string }> = {
  estimated: { name: "Estimated", sentence: "Billed cost is what the ledger says." },
  reconciled: {
    name: "Reconciled",
    sentence:
      "Billed cost sums to each provider's bill, the rest as one adjustment; a provider whose bill was not read whole stays estimated.",
  },
};

function File({ href, name }: { href: string; name: string }) {
  return (
    <ButtonLink size="sm" href={href} download prefetch={false}>
      <Download /> {name}
    </ButtonLink>
  );
}

/** What finance and auditors take out of a closed month. */
export function TakeWithYou({ month }: { month: string }) {
  const { slug } = useTenant();
  const [mode, setMode] = useState<FocusMode>("estimated");
  const focus = (format: "csv" | "parquet") =>
    `/api/focus/focus.${format}?${new URLSearchParams({ month, mode, tenant: slug }).toString()}`;
  return (
    <Card>
      <CardHeader
        title="Take it with you"
        hint="Files of the frozen figures, for other tools and for auditors."
      />
      <div className="grid gap-5 border-t px-4 py-4 sm:grid-cols-2 sm:px-5">
        <section aria-label="FOCUS" className="min-w-0 space-y-3">
          <p className="text-sm">
            FOCUS 1.2: every charge by day, model, class of tokens and tags, as tools for cloud costs read it.
          </p>
          <fieldset className="space-y-1 text-sm">
            <legend className="text-xs text-ink-muted">Billed cost</legend>
            {focusModes.map((value) => (
              <label key={value} className="mr-4 inline-flex items-center gap-2">
                <input
                  type="radio"
                  name="focus-mode"
                  value={value}
                  checked={mode === value}
                  onChange={() => {
                    setMode(value);
                  }}
                />
                {modeWords[value].name}
              </label>
            ))}
          </fieldset>
          <p className="text-xs text-ink-muted">{modeWords[mode].sentence}</p>
          <div className="flex flex-wrap gap-2">
            <File href={focus("csv")} name="FOCUS as CSV" />
            <File href={focus("parquet")} name="FOCUS as Parquet" />
          </div>
        </section>
        <section aria-label="Evidence" className="min-w-0 space-y-3">
          <p className="text-sm">
            Everything that a third party needs to recompute the total: statement, usage, prices, corrections,
            and a script that checks them without us. Extract it into an empty folder and run{" "}
            <code>node recompute.mjs</code>.
          </p>
          <File
            href={`/api/evidence/${month}?${new URLSearchParams({ tenant: slug }).toString()}`}
            name="Evidence pack"
          />
        </section>
      </div>
    </Card>
  );
}
