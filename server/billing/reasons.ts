/** What people read of an outbox row. */
export const tooOldReason =
  "The hour is older than the 35 days that Stripe takes usage for: too old for the meter. Bill it by an invoice item, by hand.";
export const tooLongReason = "The value has more than the 15 digits that Stripe takes.";
export const crashedReason =
  "It is not known whether it arrived. It is repeated while Stripe remembers its name (a day); after that Stripe's sums decide.";
export const notDeliveredReason = "Stripe's sums do not hold it, so it never arrived: it is sent again.";
export const unclearReason =
  "It is not known whether it arrived, and Stripe's sum of this hour fits neither answer. Look at the customer's usage in Stripe.";
