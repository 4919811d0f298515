"use client";

import { Printer } from "lucide-react";
import { Button } from "@/app/_components/ui/button";

/** Paper is white: night's colours are put aside while it prints. */
function print() {
  const { classList } = document.documentElement;
  const isDark = classList.contains("dark");
  classList.remove("dark");
  window.print();
  if (isDark) classList.add("dark");
}

export const PrintButton = () => (
  <Button size="sm" onClick={print} className="print:hidden">
    <Printer /> Print
  </Button>
);
