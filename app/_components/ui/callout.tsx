import type { LucideIcon } from "lucide-react";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const looks = {
  info: { icon: Info, className: "border-line bg-sunken text-ink-muted", iconClass: "text-ink-faint" },
  warn: { icon: TriangleAlert, className: "border-warn-line bg-warn-soft text-ink", iconClass: "text-warn" },
  bad: { icon: CircleAlert, className: "border-bad-line bg-bad-soft text-ink", iconClass: "text-bad" },
} as const satisfies Record<string, { icon: LucideIcon; className: string; iconClass: string }>;

interface CalloutProps {
  tone?: keyof typeof looks;
  children: ReactNode;
  action?: ReactNode;
  className?: string;
}

export function Callout({ tone = "info", children, action, className }: CalloutProps) {
  const { icon: Icon, className: colours, iconClass } = looks[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={cn("flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm", colours, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", iconClass)} />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
