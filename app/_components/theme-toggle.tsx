"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Segmented } from "./ui/segmented";

const options = [
  { value: "light", label: <Sun aria-label="Light" className="size-3.5" />, title: "Light" },
  {
    value: "system",
    label: <Monitor aria-label="As the system" className="size-3.5" />,
    title: "As the system",
  },
  { value: "dark", label: <Moon aria-label="Dark" className="size-3.5" />, title: "Dark" },
] as const;

const never = () => () => undefined;

export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  // The server cannot know the choice, so the first rendering shows none.
  const mounted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const value = mounted && (theme === "light" || theme === "dark") ? theme : "system";
  return <Segmented label="Theme" value={value} options={options} onChange={setTheme} />;
}
