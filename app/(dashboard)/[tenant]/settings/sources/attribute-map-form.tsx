"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Input, Select } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { mappableTags } from "@/server/attribution/schemas";
import { useRight } from "../../_components/tenant-context";
import { type MapLine, mapOf } from "./draft-map";

/** The map as it is edited; it is saved as a whole. */
export function AttributeMapForm({ saved }: { saved: MapLine[] }) {
  const mayWrite = useRight("attribution:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [lines, setLines] = useState(saved);
  const save = useMutation(
    trpc.attribution.setAttributeMap.mutationOptions({
      onSuccess: () => void toast.success("Saved. It holds for calls from now on."),
      onSettled: () => queries.invalidateQueries(trpc.attribution.show.queryFilter()),
    }),
  );
  const draft = mapOf(lines);
  const isChanged = JSON.stringify(lines) !== JSON.stringify(saved);
  const change = (at: number, part: Partial<MapLine>) =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (draft.ok) save.mutate({ attributeMap: draft.map });
  };
  return (
    <form onSubmit={submit} className="space-y-3 border-t px-4 py-4 sm:px-5">
      {lines.length === 0 && <p className="text-sm text-ink-muted">No names of your own yet.</p>}
      <ul className="space-y-2">
        {lines.map((line, at) => (
          // Lines have no name of their own until they are filled in.
          <li
            key={at}
            className="grid grid-cols-[1fr_auto] items-center gap-2 sm:grid-cols-[1fr_auto_12rem_auto]"
          >
            <Input
              aria-label={`Attribute ${at + 1}`}
              placeholder="app.feature_name"
              maxLength={200}
              spellCheck={false}
              disabled={!mayWrite}
              value={line.attribute}
              onChange={(event) => change(at, { attribute: event.target.value })}
              className="col-span-2 font-mono sm:col-span-1 sm:text-xs"
            />
            <span aria-hidden className="hidden text-ink-faint sm:block">
              →
            </span>
            <Select
              aria-label={`Tag of attribute ${at + 1}`}
              disabled={!mayWrite}
              value={line.tag}
              onChange={(event) => {
                const tag = mappableTags.find((one) => one === event.target.value);
                if (tag) change(at, { tag });
              }}
            >
              {mappableTags.map((tag) => (
                <option key={tag}>{tag}</option>
              ))}
            </Select>
            {mayWrite && (
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove attribute ${at + 1}`}
                onClick={() => setLines(lines.filter((_, index) => index !== at))}
              >
                <X />
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!draft.ok && <Callout tone="warn">“{draft.twice}” is there twice.</Callout>}
      {save.isError && <Callout tone="bad">{errorSentence(save.error)}</Callout>}
      {mayWrite && (
        <div className="flex flex-wrap justify-between gap-2">
          <Button onClick={() => setLines([...lines, { attribute: "", tag: "feature" }])}>
            <Plus /> Add a name
          </Button>
          <Button type="submit" variant="primary" disabled={!isChanged || !draft.ok || save.isPending}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
