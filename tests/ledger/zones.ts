/** Half hours, quarter hours, clocks that change at midnight, a day that was skipped, zones that changed their mind. */
export const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "America/Havana",
  "America/Sao_Paulo",
  "Asia/Beirut",
  "Africa/Cairo",
  "UTC",
];
