/** A fraction of 1; null while the whole is not known. */
export function Progress({ fraction, label }: { fraction: number | null; label: string }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={fraction === null ? undefined : Math.round(fraction * 100)}
      className="h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div
        style={{ width: fraction === null ? "40%" : `${String(fraction * 100)}%` }}
        className={
          fraction === null
            ? "h-full animate-[shimmer_1.2s_ease-in-out_infinite] rounded-full bg-data"
            : "h-full rounded-full bg-data transition-[width]"
        }
      />
    </div>
  );
}
