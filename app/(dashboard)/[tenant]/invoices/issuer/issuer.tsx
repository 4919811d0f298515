"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { Card } from "@/app/_components/ui/card";
import { useTRPC } from "@/app/_trpc/client";
import { InvoicesHeader } from "../invoices-header";
import { IssuerForm } from "./issuer-form";

/** Who bills: what all invoices carry. */
export function Issuer({ year }: { year: string }) {
  const issuer = useQuery(useTRPC().invoices.issuer.queryOptions());
  return (
    <>
      <InvoicesHeader hint="What your invoices say about you, and what holds for accounts without a plan of their own." />
      {issuer.isError ? (
        <Card>
          <Failure error={issuer.error} onRetry={() => void issuer.refetch()} />
        </Card>
      ) : issuer.data ? (
        <IssuerForm saved={issuer.data} year={year} />
      ) : (
        <Card>
          <SkeletonRows rows={8} />
        </Card>
      )}
    </>
  );
}
