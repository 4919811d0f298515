import { CopyButton } from "@/app/_components/ui/copy-button";
import { Link } from "@/app/_components/ui/link";
import { useRight, useTenant } from "../../_components/tenant-context";
import { reserveSnippet } from "./reserve-snippet";

/** No app has asked yet, so nothing is refused whatever budgets say: how one begins to ask. */
export function NobodyAsks({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const mayMakeKeys = useRight("keys:write");
  const text = reserveSnippet(baseUrl);
  return (
    <div className="border-t px-4 py-4 sm:px-5">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="text-sm font-medium">No app has asked the gate in this period</h3>
          <p className="mt-0.5 text-sm text-ink-muted">
            So nothing is refused, whatever the budgets say. An app asks before each call and says what it
            cost after it; what it asked for is reserved meanwhile. It takes a key with the scope gate
            {mayMakeKeys ? (
              <>
                , made in{" "}
                <Link
                  href={`/${slug}/settings/keys`}
                  className="text-accent underline underline-offset-2 hover:text-ink"
                >
                  Settings
                </Link>
                .
              </>
            ) : (
              "; ask an admin for one."
            )}
          </p>
        </div>
        <CopyButton text={text} />
      </div>
      <pre
        tabIndex={0}
        aria-label="Snippet for the gate"
        className="overflow-x-auto rounded-md border bg-sunken/70 px-4 py-3 font-mono text-xs/5 text-ink"
      >
        <code>{text}</code>
      </pre>
    </div>
  );
}
