import { CopyButton } from "@/app/_components/ui/copy-button";
import { Link } from "@/app/_components/ui/link";
import { useTenant } from "../_components/tenant-context";
import { segment } from "../get-started/gateway-snippets";

/** Nobody was there yet: how an app says who is. */
export function TrackTeaches({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const text = segment({ baseUrl, key: "$TOKENLEDGER_KEY" });
  return (
    <div className="border-t px-4 py-4 sm:px-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-64 text-sm text-ink-muted">
          A user is there on a day with a call that{" "}
          <Link href={`/${slug}/get-started`} className="text-accent underline underline-offset-2 hover:text-ink">
            bears a userId
          </Link>
          , or with an event of product usage: as Segment sends it, or with{" "}
          <code className="font-mono">ingest.usage</code>. It takes an ingest key.
        </p>
        <CopyButton text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label="How to say who used what"
        className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
      >
        <code>{text}</code>
      </pre>
    </div>
  ); // prettier-ignore
}
