"use client";

import { Dialog } from "@/app/_components/ui/dialog";
import { useKeySetting } from "../_scope/key-setting";
import { keyHelp } from "../_scope/keys";
import { closeOpened, useOpened } from "./opened";

const everywhere = [
  { keys: ["Ctrl K", "⌘ K"], does: "Search and commands" },
  { keys: ["/"], does: "Search in this screen" },
  { keys: ["?"], does: "This list" },
];
const inTables = [
  { keys: ["J", "K"], does: "The next row, the row before (↓ ↑ too)" },
  { keys: ["Enter"], does: "Open the row" },
];

function Keys({
  title,
  list,
}: {
  title: string;
  list: readonly { keys: readonly string[]; does: string }[];
}) {
  return (
    <section className="mb-4 break-inside-avoid">
      <h3 className="mb-1.5 text-2xs font-medium text-ink-faint">{title}</h3>
      <dl className="space-y-1">
        {list.map(({ keys, does }) => (
          <div key={does} className="flex flex-row-reverse items-center justify-between gap-4 text-sm">
            <dt className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-line-strong bg-sunken px-1.5 text-center font-sans text-xs/5"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd className="text-ink-muted">{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function HelpDialog() {
  const opened = useOpened();
  const [isOn, setIsOn] = useKeySetting();
  return (
    <Dialog open={opened === "help"} onClose={() => closeOpened("help")} title="Keyboard shortcuts">
      <label className="flex items-start gap-2.5 rounded-md border bg-sunken px-3 py-2 text-sm mb-4">
        <input
          type="checkbox"
          className="mt-1 accent-accent"
          checked={isOn}
          onChange={(event) => setIsOn(event.target.checked)}
        />
        <span>
          Single keys are shortcuts
          <span className="block text-xs text-ink-muted">
            Take this away if you dictate, or if letters do what you did not mean. Only this browser
            remembers.
          </span>
        </span>
      </label>
      <Keys title="Everywhere" list={everywhere} />
      <Keys title="Range and filters" list={keyHelp} />
      <Keys title="In tables" list={inTables} />
    </Dialog>
  );
}
