"use client";

import { Rocket } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useTenant } from "../_components/tenant-context";

export function NoCallsYet() {
  const { slug } = useTenant();
  return (
    <Card>
      <EmptyState
        icon={Rocket}
        title="No calls yet"
        action={
          <ButtonLink variant="primary" href={`/${slug}/get-started`}>
            Send the first call
          </ButtonLink>
        }
      >
        Your spend appears here within a minute of the first call. It takes one request, in any language.
      </EmptyState>
    </Card>
  );
}
