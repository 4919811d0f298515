"use client";

import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Dialog } from "@/app/_components/ui/dialog";
import type { Outputs } from "@/app/_trpc/client";

type Login = Outputs["bi"]["rotateReader"];

interface LoginDialogProps {
  login: Login;
  title: string;
  onClose: () => void;
}

/** All that a tool asks for, this once. */
export function LoginDialog({ login, title, onClose }: LoginDialogProps) {
  const facts = [
    ["Host", login.host],
    ["Port", String(login.port)],
    ["Database", login.database],
    ["Schema", "bi"],
    ["User", login.user],
    ["Password", login.password],
    ["All in one", login.url],
  ] as const;
  return (
    <Dialog
      sticky
      open
      onClose={onClose}
      title={title}
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <dl className="mb-3 divide-y rounded-md border border-line-strong bg-sunken">
        {facts.map(([name, value]) => (
          <div key={name} className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
            <dt className="w-20 shrink-0 text-xs text-ink-muted">{name}</dt>
            <dd className="flex min-w-0 flex-1 items-center gap-2">
              <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{value}</code>
              <CopyButton text={value} />
            </dd>
          </div>
        ))}
      </dl>
      <Callout tone="warn">
        This is the only time that the password is shown; we keep no copy of it.
        {login.sslMode === null && !login.isLocal && " Ask for TLS in the tool, if the database offers it."}
      </Callout>
    </Dialog>
  );
}
