export function LogoMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" className="fill-ink" />
      <path d="M8 10h16M8 16h10M8 22h13" strokeWidth="2.6" strokeLinecap="round" className="stroke-canvas" />
      <circle cx="23.5" cy="16" r="2.3" className="fill-data" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight">
      <LogoMark />
      Tokenledger
    </span>
  );
}
