import type { WhyCause, WhyFacts, WhyWork } from "../why-schemas";
import type { Fixed } from "./fixed";

/** A part of the change before it is rounded; its facts are looked up only if it is shown. */
export interface RawPart {
  cause: WhyCause;
  amount: Fixed;
  work: WhyWork | null;
  facts: () => WhyFacts;
}
