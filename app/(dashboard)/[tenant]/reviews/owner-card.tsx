"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Field, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../_components/names";
import { useRight } from "../_components/tenant-context";
import { personName } from "./words";

/** Who walks through reviews to come. */
export function OwnerCard({ owner }: { owner: Outputs["reviews"]["list"]["owner"] }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayManage = useRight("reviews:manage");
  const names = useMemberNames();
  const members = useQuery(trpc.members.list.queryOptions(undefined, { enabled: mayManage }));
  const onSettled = () => queries.invalidateQueries(trpc.reviews.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const undo = useMutation(trpc.reviews.setOwner.mutationOptions({ onSettled, onError }));
  const set = useMutation(
    trpc.reviews.setOwner.mutationOptions({
      onSettled,
      onError,
      onSuccess: ({ before }) =>
        void toast.success("Saved.", {
          duration: 10_000,
          action: { label: "Undo", onClick: () => undo.mutate({ ownerId: before }) },
        }),
    }),
  );
  const who = personName(names, owner.personId);
  return (
    <Card>
      <CardHeader
        title="Who walks through it"
        hint={`Reviews to come are for ${who}${owner.isChosen ? "" : ", the organisation's owner"}. Where it is told: every destination of alerts that takes everything.`}
      />
      {mayManage && (
        <div className="border-t px-4 py-4 sm:px-5">
          <Field label="Owner of the weekly review" className="max-w-sm">
            {(ids) => (
              <Select
                {...ids}
                disabled={set.isPending}
                value={owner.isChosen ? (owner.personId ?? "") : ""}
                onChange={(event) =>
                  set.mutate({ ownerId: event.target.value === "" ? null : event.target.value })
                }
              >
                <option value="">The organisation&apos;s owner</option>
                {members.data?.members.map(({ personId, name, email }) => (
                  <option key={personId} value={personId}>
                    {name === "" ? email : name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      )}
    </Card>
  );
}
