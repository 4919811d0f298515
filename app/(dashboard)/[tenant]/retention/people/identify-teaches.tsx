import { CopyButton } from "@/app/_components/ui/copy-button";
import { Link } from "@/app/_components/ui/link";
import { useTenant } from "../../_components/tenant-context";
import { identifySnippet } from "./identify-snippet";

/** Nobody said yet who pays what: how an app does. */
export function IdentifyTeaches({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const text = identifySnippet(baseUrl);
  return (
    <div className="border-t px-4 py-4 sm:px-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="text-sm font-medium">No app has said yet what users pay</h3>
          <p className="mt-0.5 text-sm text-ink-muted">
            Say a user’s plan, MRR in USD, account and sign-up once, and whenever one of them changes: as
            Segment does, or with <code className="font-mono">ingest.identify</code>. Use the very ids that{" "}
            <Link
              href={`/${slug}/get-started`}
              className="text-accent underline underline-offset-2 hover:text-ink"
            >
              calls carry
            </Link>
            . It takes an ingest key.
          </p>
        </div>
        <CopyButton text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label="How to say what a user pays"
        className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}
