import type { Metadata } from "next";
import { AuthHeading } from "../_components/auth-heading";
import { ForgotForm } from "./forgot-form";

export const metadata: Metadata = { title: "Forgot the password" };

export default function ForgotPasswordPage() {
  return (
    <>
      <AuthHeading title="Forgot the password?">We send you a link to choose a new one.</AuthHeading>
      <ForgotForm />
    </>
  );
}
