"use client";

import { Link } from "@/app/_components/ui/link";
import { CopyButton } from "@/app/_components/ui/copy-button";
import type { Outputs } from "@/app/_trpc/client";
import { useRight, useTenant } from "../_components/tenant-context";
import { Section } from "./section";

/** The request that gives the same figure to a program. */
export function SameByApi({ api }: { api: Outputs["reports"]["explain"]["api"] }) {
  const { slug } = useTenant();
  const mayMakeKeys = useRight("keys:write");
  return (
    <Section title="The same by API" aside={<CopyButton text={api.curl} label="Copy curl" />}>
      <pre
        tabIndex={0}
        aria-label="Request"
        className="overflow-x-auto rounded-lg border bg-sunken/50 px-3 py-2.5 font-mono text-2xs leading-relaxed"
      >
        {api.curl}
      </pre>
      <p className="mt-1.5 text-xs text-ink-muted">
        {api.procedure}, at <code className="font-mono text-2xs">{api.path}</code>.{" "}
        {mayMakeKeys ? (
          <>
            $READ_KEY is a{" "}
            <Link href={`/${slug}/settings/keys`} className="text-accent underline underline-offset-2">
              key with the scope “read”
            </Link>
            .
          </>
        ) : (
          "$READ_KEY is an API key with the scope “read”."
        )}
      </p>
    </Section>
  );
}
