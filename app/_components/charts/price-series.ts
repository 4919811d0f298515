/** What is drawn of a model's prices: what a million tokens of it cost. */
export const priceSeries = [
  { name: "Output", colour: "brand", dot: "bg-data" },
  { name: "Input", colour: "zinc", dot: "bg-data-line" },
] as const;
