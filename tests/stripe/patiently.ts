import { isDomainError } from "@/server/errors";

/** As Inngest would: a database that is too busy to answer is asked again. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 20; ; left -= 1)
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isDomainError(error) || error.code !== "UNAVAILABLE") throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
}
