import { CopyButton } from "@/app/_components/ui/copy-button";
import { segment } from "../../get-started/gateway-snippets";

/** How an app tells what is used, with the tenant's own address. */
export function TrackTeaches({ baseUrl }: { baseUrl: string }) {
  const text = segment({ baseUrl, key: "YOUR_INGEST_KEY" });
  return (
    <div className="border-t px-4 py-4 sm:px-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="text-sm font-medium">No app tells what is used</h3>
          <p className="mt-0.5 text-sm text-ink-muted">
            Calls say what a feature costs; usage events say what it brings. Send one whenever somebody uses a
            feature, and one for its success, under the very name that calls carry.
          </p>
        </div>
        <CopyButton text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label="Snippet for usage events"
        className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}
