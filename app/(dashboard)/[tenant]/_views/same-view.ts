interface Place {
  screen: string;
  query: string;
}

const sorted = (query: string) =>
  [...new URLSearchParams(query)]
    .map((pair) => pair.join("="))
    .sort()
    .join("&");

/** Whether two views lead to the same; in which order their addresses say it does not matter. */
export function isSameView(one: Place, other: Place): boolean {
  return one.screen === other.screen && sorted(one.query) === sorted(other.query);
}
