"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Select } from "@/app/_components/ui/field";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatDate } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { type Role, roles } from "@/server/auth/permissions";
import { useRight, useTenant } from "../../_components/tenant-context";
import { InviteForm } from "./invite-form";

type Listed = Outputs["members"]["list"];

function useMemberChanges() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const after = (sentence: string) => ({
    onSuccess: () => void toast.success(sentence),
    onError: (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error)),
    onSettled: () => queries.invalidateQueries(trpc.members.list.queryFilter()),
  });
  return {
    changeRole: useMutation(trpc.members.changeRole.mutationOptions(after("The role has changed."))),
    remove: useMutation(trpc.members.remove.mutationOptions(after("The member was removed."))),
    revoke: useMutation(
      trpc.members.revokeInvitation.mutationOptions(after("The invitation was withdrawn.")),
    ),
  };
}

function MemberRow({ member, isSelf }: { member: Listed["members"][number]; isSelf: boolean }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("members:write");
  const mayMakeOwners = useRight("owners:write");
  const { changeRole, remove } = useMemberChanges();
  const mayChange = mayWrite && (mayMakeOwners || member.role !== "owner");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-sm font-medium">
          {member.name === "" ? member.email : member.name} {isSelf && <Badge className="ml-1">you</Badge>}
        </p>
        <p className="truncate text-xs text-ink-muted">
          {member.name === "" ? "" : `${member.email} · `}since {formatDate(member.since, timeZone)}
        </p>
      </div>
      {mayChange ? (
        <Select
          aria-label={`Role of ${member.email}`}
          className="w-auto"
          value={member.role}
          disabled={changeRole.isPending}
          onChange={(event) => {
            const role = roles.find((one) => one === event.target.value);
            if (role) changeRole.mutate({ personId: member.personId, role });
          }}
        >
          {roles
            .filter((role) => mayMakeOwners || role !== "owner")
            .map((role) => (
              <option key={role}>{role}</option>
            ))}
        </Select>
      ) : (
        <Badge>{member.role}</Badge>
      )}
      {(mayChange || isSelf) && (
        <ConfirmButton
          label={isSelf ? "Leave" : "Remove"}
          title={isSelf ? "Leave this organisation?" : `Remove ${member.email}?`}
          confirm={isSelf ? "Leave" : "Remove the member"}
          onConfirm={() =>
            remove.mutate(
              { personId: member.personId },
              // Nothing of this tenant may stay on the screen or in memory.
              { onSuccess: () => isSelf && window.location.assign("/") },
            )
          }
        >
          {isSelf ? "You lose" : "They lose"} access at once. API keys and BI readers that they made keep
          working.
        </ConfirmButton>
      )}
    </li>
  );
}

function InvitationRow({ invitation }: { invitation: Listed["invitations"][number] }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("members:write");
  const { revoke } = useMemberChanges();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-sm font-medium">{invitation.email}</p>
        <p className="text-xs text-ink-muted">
          invited as {invitation.role}, until {formatDate(invitation.expiresAt, timeZone)}
        </p>
      </div>
      <Badge tone="accent">waiting</Badge>
      {mayWrite && (
        <ConfirmButton
          label="Withdraw"
          title={`Withdraw the invitation to ${invitation.email}?`}
          confirm="Withdraw the invitation"
          onConfirm={() => revoke.mutate({ id: invitation.id })}
        >
          The link that was sent stops working at once.
        </ConfirmButton>
      )}
    </li>
  );
}

const roleSentences = {
  owner: "Everything, including other owners.",
  admin: "Keys, members and settings; not owners.",
  finance: "All figures, imports and the audit log.",
  viewer: "All figures; changes nothing.",
} as const satisfies Record<Role, string>;

export function Members({ personId }: { personId: string }) {
  const listed = useQuery(useTRPC().members.list.queryOptions());
  const mayWrite = useRight("members:write");
  return (
    <div className="space-y-4">
      {mayWrite && <InviteForm />}
      <Card>
        <CardHeader title="Members" />
        {listed.isError ? (
          <Failure error={listed.error} onRetry={() => void listed.refetch()} />
        ) : listed.data ? (
          <ul className="divide-y border-t">
            {listed.data.members.map((member) => (
              <MemberRow key={member.personId} member={member} isSelf={member.personId === personId} />
            ))}
            {listed.data.invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        ) : (
          <SkeletonRows rows={4} />
        )}
      </Card>
      <Card className="px-4 py-3.5 sm:px-5">
        <h2 className="text-xs font-medium text-ink-muted">What the roles may do</h2>
        <dl className="mt-2 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
          {roles.map((role) => (
            <div key={role} className="flex gap-2">
              <dt className="w-16 shrink-0 font-medium">{role}</dt>
              <dd className="text-ink-muted">{roleSentences[role]}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </div>
  );
}
