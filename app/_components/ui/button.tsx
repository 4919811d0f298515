import { Link } from "@/app/_components/ui/link";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

const variants = {
  primary: "bg-ink text-canvas hover:bg-ink/85 shadow-card",
  accent: "bg-accent text-on-accent hover:bg-accent-hover shadow-card",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-sunken shadow-card",
  ghost: "text-ink-muted hover:bg-sunken hover:text-ink",
  danger: "border border-bad-line bg-bad-soft text-bad hover:border-bad",
} as const;

const sizes = {
  sm: "h-7 gap-1.5 px-2.5 text-xs",
  md: "h-8.5 gap-2 px-3 text-sm",
  lg: "h-10 gap-2 px-4 text-base",
  icon: "size-8.5 shrink-0",
} as const;

interface Look {
  variant?: keyof typeof variants;
  size?: keyof typeof sizes;
}

function look({ variant = "secondary", size = "md" }: Look, className?: string) {
  return cn(
    "inline-flex items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors select-none",
    "disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );
}

export function Button({
  variant,
  size,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Look) {
  return <button type={type} className={look({ variant, size }, className)} {...rest} />;
}

export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={look({ variant, size }, className)} {...rest} />;
}
