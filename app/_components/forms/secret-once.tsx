import { Callout } from "../ui/callout";
import { CopyButton } from "../ui/copy-button";

/** Something that is shown this once. */
export function SecretOnce({ text, children }: { text: string; children: string }) {
  return (
    <div className="space-y-3">
      <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{text}</code>
        <CopyButton text={text} />
      </div>
      <Callout tone="warn">{children}</Callout>
    </div>
  );
}
