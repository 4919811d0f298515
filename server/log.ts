import pino from "pino";
import { env } from "@/server/env";

/** The one log. Keys, cookies and passwords are cut out wherever they appear by these names. */
export const logger = pino({
  level: env.LOG_LEVEL,
  base: null,
  serializers: { error: pino.stdSerializers.err },
  redact: { paths: ["*.authorization", "*.cookie", "*.password", "*.key", "*.token"], censor: "[cut]" },
});
