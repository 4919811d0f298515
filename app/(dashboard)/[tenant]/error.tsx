"use client";

// Inside of the shell, so that the navigation stays.
export { default } from "@/app/error";
