"use client";

import { type SubmitEvent, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { useRight } from "../../_components/tenant-context";
import { failureSentence } from "../../stripe/failure-sentence";
import { given, KeyFields, modeOf } from "./key-fields";
import { KeyRights } from "./key-rights-list";
import { isAboutField, useBillingSettings } from "./use-billing-settings";

const empty = { apiKey: "", webhookSecret: "" };

/** For a tenant that bills nobody by Stripe yet: what it takes, and the key. */
export function ConnectCard() {
  const mayWrite = useRight("billing:write");
  const [secrets, setSecrets] = useState(empty);
  const { connect } = useBillingSettings();
  const mode = modeOf(secrets.apiKey);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { apiKey = "", ...rest } = given(secrets);
    connect.mutate({ apiKey, ...rest }, { onSuccess: () => setSecrets(empty) });
  };
  const failure =
    connect.isError && !isAboutField(connect.error, ["apiKey", "webhookSecret"])
      ? failureSentence(connect.error)
      : null;
  return (
    <Card>
      <CardHeader
        title="Connect Stripe"
        hint="Finished hours of usage reach Stripe’s meters by themselves, each exactly once. Begin with a key of test mode."
      />
      <div className="grid gap-6 border-t px-4 py-4 sm:px-5 md:grid-cols-2">
        <KeyRights />
        {mayWrite ? (
          <form onSubmit={submit} className="space-y-4">
            <KeyFields
              value={secrets}
              onChange={(part) => setSecrets({ ...secrets, ...part })}
              error={connect.error}
              isKeyRequired
            />
            {mode === "live" && (
              <Callout tone="warn">
                This is a live key: once a meter is fed and accounts are mapped, customers are billed by what is
                sent.
              </Callout>
            )}
            {failure !== null && <Callout tone="bad">{failure}</Callout>}
            <Button type="submit" variant="primary" disabled={connect.isPending}>
              {connect.isPending ? "Asking Stripe …" : mode === null ? "Connect" : `Connect in ${mode} mode`}
            </Button>
          </form>
        ) : (
          <Callout>Finance, admins and owners connect Stripe.</Callout>
        )}
      </div>
    </Card>
  );
} // prettier-ignore
