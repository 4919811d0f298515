import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";

interface StepProps {
  number: number;
  title: string;
  isDone?: boolean;
  children: ReactNode;
}

export function Step({ number, title, isDone = false, children }: StepProps) {
  return (
    <li>
      <Card className="grid grid-cols-[auto_1fr] gap-x-3 px-4 py-4 sm:gap-x-4 sm:px-5">
        <span
          aria-hidden
          className={cn(
            "grid size-6 place-items-center rounded-full border text-xs font-semibold transition-colors",
            isDone ? "border-transparent bg-good-soft text-good" : "bg-sunken text-ink-muted",
          )}
        >
          {isDone ? <Check className="size-3.5" /> : number}
        </span>
        <h2 className="self-center text-sm font-semibold">{title}</h2>
        <div className="col-span-2 mt-3 min-w-0 sm:col-span-1 sm:col-start-2">{children}</div>
      </Card>
    </li>
  );
}
