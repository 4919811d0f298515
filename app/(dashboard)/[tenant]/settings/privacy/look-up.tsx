"use client";

import { useMutation } from "@tanstack/react-query";
import { Link } from "@/app/_components/ui/link";
import { type SubmitEvent, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { callsHref } from "../../calls/search-params";

/** From an id to its pseudonym; there is no way back. */
export function LookUp() {
  const { slug } = useTenant();
  const [userId, setUserId] = useState("");
  const lookUp = useMutation(useTRPC().privacy.lookUpPseudonym.mutationOptions());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    lookUp.mutate({ userId });
  };
  const found = lookUp.variables?.userId === userId ? lookUp.data?.pseudonym : undefined;
  const failure = lookUp.error && (fieldError(lookUp.error, "userId") ?? errorSentence(lookUp.error));
  return (
    <form onSubmit={submit} className="px-4 py-3.5 sm:px-5">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Look up a pseudonym" className="flex-1 basis-56">
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={256}
              autoComplete="off"
              spellCheck={false}
              placeholder="The user id as your app sends it"
              value={userId}
              onChange={(event) => setUserId(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" disabled={userId.trim() === "" || lookUp.isPending}>
          Look up
        </Button>
      </div>
      <p className={`mt-1.5 text-xs ${failure ? "text-bad" : "text-ink-muted"}`}>
        {failure ?? "The audit log notes that you looked, not whom you looked up."}
      </p>
      {found !== undefined && (
        <p className="mt-2.5 flex flex-wrap items-center gap-2.5 rounded-md border bg-sunken px-3 py-2 text-sm">
          <code className="min-w-0 font-mono text-xs break-all">{found}</code>
          <CopyButton text={found} />
          <Link
            href={callsHref(slug, { parts: [{ tag: "user", operator: "is", value: found }] })}
            className="text-accent underline underline-offset-2"
          >
            Calls of this user
          </Link>
        </p>
      )}
    </form>
  );
}
