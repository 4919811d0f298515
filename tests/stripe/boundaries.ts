/** Where the export can be cut off. */
export const boundaries = [
  "before row",
  "after row",
  "before call",
  "after call before mark",
  "inside mark",
  "after mark",
] as const;
export type Boundary = (typeof boundaries)[number];

export const faults = ["none", "drop-before", "drop-after", "429", "500", "timeout"] as const;
export const restarts = ["within a day", "after a day"] as const;

export interface Order {
  tenantId: string;
  now: string;
  /** Null: nothing kills it. */
  boundary: Boundary | null;
  nth: number;
}
