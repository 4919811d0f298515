/** Sets variables for this test file. server/env.ts reads them once: import what uses it afterwards. */
export function setEnvironment(values: Record<string, string>): void {
  Object.assign(process.env, values);
}
