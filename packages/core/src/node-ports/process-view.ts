import type { ProcessRow } from '../ports.ts'

/** How one operating system shows its processes. */
export interface ProcessView {
  list(): Promise<readonly ProcessRow[]>
  startTime(pid: number): Promise<string | undefined>
  withVariable(name: string, value: string): Promise<readonly number[]>
}
