"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { formatInstant } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { formatExact } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { StatementInput } from "@/server/statements/schemas";
import { useTenant } from "../../_components/tenant-context";
import type { StatementAnswer } from "../words";

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="figures mt-0.5 text-sm wrap-anywhere">{children}</dd>
    </div>
  );
}

/** The stamp of a price book is what was hashed, to the letter; its instants are for people here. */
const inWords = (stamp: string, timeZone: string) =>
  stamp.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) => formatInstant(instant, timeZone));

/** Makes the hash anew, on demand, and says what came of it. */
function Verify({ which }: { which: StatementInput }) {
  const verify = useQuery(useTRPC().statements.verify.queryOptions(which, { enabled: false, gcTime: 0 }));
  const { data } = verify;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button size="sm" disabled={verify.isFetching} onClick={() => void verify.refetch()}>
        {verify.isFetching ? "Verifying …" : "Verify"}
      </Button>
      <p role="status" className="text-sm">
        {data && !verify.isFetching && data.isIntact && data.addsUp && (
          <span className="text-good">
            Intact: {plural(data.lines, "line")} make the same hash, and sum to the amount.
          </span>
        )}
        {data && !verify.isFetching && !(data.isIntact && data.addsUp) && (
          <span className="text-bad">
            {data.isIntact ? "The lines do not sum to the amount." : `Changed: what is stored makes the hash ${data.computedHash}.`}
          </span>
        )}
        {verify.isError && <span className="text-bad">{errorSentence(verify.error)}</span>}
      </p>
    </div>
  ); // prettier-ignore
}

export function HeadCard({ head, which }: { head: StatementAnswer["head"]; which: StatementInput }) {
  const { timeZone } = useTenant();
  return (
    <Card>
      <CardHeader
        title="What the month came to"
        hint="Exact amounts, rounded to the cent once, half away from zero."
      />
      <dl className="grid grid-cols-2 gap-4 border-t px-4 py-4 sm:grid-cols-4 sm:px-5">
        <Fact name="Amount">
          <Money usd={head.amountUsd} className="text-lg font-semibold" />
        </Fact>
        <Fact name="Cost of its calls">{formatExact(head.costUsd)}</Fact>
        <Fact name="Corrections of earlier months">{formatExact(head.correctionsUsd)}</Fact>
        <Fact name="Calls">
          {head.calls.toLocaleString("en-US")}
          {head.unpricedCalls > 0 && (
            <span className="block text-2xs text-warn">
              {plural(head.unpricedCalls, "call")} unpriced, in no amount
            </span>
          )}
        </Fact>
        <Fact name="From">{formatInstant(head.from, head.timeZone)}</Fact>
        <Fact name="To">{formatInstant(head.to, head.timeZone)}</Fact>
        <Fact name="Price book">
          <span title={head.priceBook}>{inWords(head.priceBook, head.timeZone)}</span>
        </Fact>
        <Fact name="Code version">{head.codeVersion}</Fact>
      </dl>
      <div className="space-y-3 border-t px-4 py-4 sm:px-5">
        <div className="flex flex-wrap items-center gap-3">
          <span className="text-xs text-ink-muted">Content hash (SHA-256)</span>
          <code className="min-w-0 text-xs wrap-anywhere">{head.contentHash}</code>
          <CopyButton text={head.contentHash} />
        </div>
        {head.renamedAt !== null && (
          <p className="text-xs text-ink-muted">
            Somebody in it was forgotten {formatInstant(head.renamedAt, timeZone)}: lines have another name
            for them, and the hash was made anew. No amount was changed.
          </p>
        )}
        <Verify which={which} />
      </div>
    </Card>
  );
}
