/** The look of the bar's buttons. */
export const control =
  "inline-flex h-8.5 items-center gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-medium whitespace-nowrap text-ink shadow-card transition-colors hover:bg-sunken [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint";
