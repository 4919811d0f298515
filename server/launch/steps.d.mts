export interface Steps {
  print(line: string): void;
  /** Runs the work as a named step; `detail` of its result is printed beside the title, `note` while it runs. */
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
}

export function createSteps(output?: NodeJS.WriteStream): Steps;
