"use client";

import { useQuery } from "@tanstack/react-query";
import { Percent } from "lucide-react";
import { useState } from "react";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { useRight, useTenant } from "../_components/tenant-context";
import { AddDiscount } from "./add-discount";
import type { PriceChange } from "./price-change";
import { PriceChanged } from "./price-changed";

/** The title of the page, and what can be said of all list prices. */
export function PricesHeader({ now: nowText }: { now: string }) {
  const { slug } = useTenant();
  const mayWrite = useRight("prices:write");
  const list = useQuery(useTRPC().prices.list.queryOptions());
  const [isAdding, setIsAdding] = useState(false);
  const [change, setChange] = useState<PriceChange | null>(null);
  const now = new Date(nowText);
  const providers = new Set(list.data?.models.map(({ provider }) => provider).filter(Boolean));
  return (
    <>
      <PageHeader
        title="Prices"
        hint="What each model that you use costs now, and by whose word. A call keeps the price of its own moment."
      >
        <div className="flex flex-wrap gap-2">
          <ButtonLink href={`/${slug}/prices/repricing`}>Repricing</ButtonLink>
          {mayWrite && (
            <Button onClick={() => setIsAdding(true)}>
              <Percent />
              Add a discount
            </Button>
          )}
        </div>
      </PageHeader>
      {change && <PriceChanged change={change} now={now} />}
      {mayWrite && (
        <AddDiscount
          open={isAdding}
          onClose={(made) => {
            setIsAdding(false);
            if (made) setChange(made);
          }}
          reaches={[...providers].sort().map((provider) => ({ provider, model: "" }))}
          now={now}
        />
      )}
    </>
  );
}
