"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { SecretOnce } from "@/app/_components/forms/secret-once";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { type Role, roles } from "@/server/auth/permissions";
import { useRight } from "../../_components/tenant-context";

export function InviteForm() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayMakeOwners = useRight("owners:write");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: async () => {
        setEmail("");
        await queries.invalidateQueries(trpc.members.list.queryFilter());
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    invite.mutate({ email, role });
  };

  return (
    <Card>
      <CardHeader
        title="Invite somebody"
        hint="They get a link that is theirs alone and works for seven days."
      />
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3 border-t px-4 py-4 sm:px-5">
        <Field label="E-mail" className="min-w-48 flex-1" error={fieldError(invite.error, "email")}>
          {(ids) => (
            <Input
              {...ids}
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <Field label="Role">
          {(ids) => (
            <Select
              {...ids}
              className="w-auto"
              value={role}
              onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? "viewer")}
            >
              {roles
                .filter((one) => mayMakeOwners || one !== "owner")
                .map((one) => (
                  <option key={one}>{one}</option>
                ))}
            </Select>
          )}
        </Field>
        <Button type="submit" variant="primary" disabled={invite.isPending}>
          Invite
        </Button>
        {invite.isError && invite.error.data?.field === undefined && (
          <Callout tone="bad" className="basis-full">
            {errorSentence(invite.error)}
          </Callout>
        )}
      </form>
      <Dialog
        sticky
        open={invite.data !== undefined}
        onClose={() => invite.reset()}
        title={`Invitation for ${invite.data?.email ?? ""}`}
        footer={
          <Button variant="primary" onClick={() => invite.reset()}>
            Done
          </Button>
        }
      >
        {invite.data && (
          <>
            <p className="mb-3 text-sm text-ink-muted">
              {invite.data.mailed
                ? "The link was mailed. You can also pass it on yourself:"
                : "This installation sends no mail. Pass this link on yourself:"}
            </p>
            <SecretOnce text={invite.data.link}>
              The link is shown this once. It lets in only who signs in with that address.
            </SecretOnce>
          </>
        )}
      </Dialog>
    </Card>
  );
}
