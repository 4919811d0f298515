import { createTransport } from "nodemailer";
import { env } from "@/server/env";

export interface Mail {
  to: string;
  subject: string;
  /** Plain text; a link stands on a line of its own. */
  text: string;
}

/** Whether this installation can send mail at all. */
export const mailIsConfigured = env.SMTP_URL !== undefined;

const patience = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 } as const;

/** @throws Error when there is no server configured, or it takes the mail for nobody */
export async function sendMail(mail: Mail): Promise<void> {
  if (env.SMTP_URL === undefined || env.SMTP_FROM === undefined)
    throw new Error("SMTP_URL and SMTP_FROM are not set.");
  const transport = createTransport({ url: env.SMTP_URL, ...patience });
  try {
    await transport.sendMail({ from: env.SMTP_FROM, ...mail });
  } finally {
    transport.close();
  }
}
