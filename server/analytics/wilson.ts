/** Of the normal distribution: 95 % lie within so many deviations. */
export const deviations = 1.96;

/** The Wilson score interval of a share, 95 %. @see https://doi.org/10.1080/01621459.1927.10502953 */
export function wilson(part: number, whole: number): { low: number; high: number } {
  if (whole === 0) return { low: 0, high: 1 };
  const share = part / whole;
  const squared = deviations ** 2;
  const centre = share + squared / (2 * whole);
  const either = deviations * Math.sqrt((share * (1 - share) + squared / (4 * whole)) / whole);
  const scale = 1 + squared / whole;
  return { low: Math.max(0, (centre - either) / scale), high: Math.min(1, (centre + either) / scale) };
}
