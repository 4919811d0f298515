/** The number of the bucket that a chart's tooltip is about: every datum that we hand over carries it as `at`. */
export function bucketUnder(payload: readonly { payload?: unknown }[] | undefined): number | undefined {
  const datum: unknown = payload?.[0]?.payload;
  return typeof datum === "object" && datum !== null && "at" in datum && typeof datum.at === "number"
    ? datum.at
    : undefined;
}
