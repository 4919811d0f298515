/** What the rules go by. README.md says why each is what it is. */
export const limits = {
  /** With fewer features there is no quarter of them: only what is not used at all is named. */
  fewestRanked: 4,
  /** One in so many is a quarter. */
  quarter: 4,
  /** Ties may make the least used a half of all, and no more. */
  mostInBottom: 0.5,
  /** Months before the reviewed one in which a use makes a feature count that has none now. */
  monthsRemembered: 3,
  /** Months of cost before the reviewed one. */
  monthsShown: 6,
  /** Days since its first use for which a feature is new. */
  newDays: 60,
  /** Hardly any use: at most this part of what the middle feature has. */
  hardlyUsed: 0.05,
  /** Little use: at most this part of it. */
  littleUsed: 0.25,
  /** Falling: at most this part of the mean of the two months before. Rising: at least that, and so many uses. */
  falling: 0.75,
  rising: 1.25,
  usesToRise: 20,
  /** Users that it must share with another feature to be merged into it, and how many it must have to say so. */
  overlap: 0.6,
  usersToOverlap: 5,
  /** The dearest tenth of the users causing this part of the cost is few users causing most of it. */
  dearestTenth: 0.1,
  concentrated: 0.5,
  /** A user of it costs so many times what one of the middle feature does. */
  dearUser: 3,
  /** USD a month below which a limit would cost more than it saves. */
  worthThrottling: 1,
} as const;
