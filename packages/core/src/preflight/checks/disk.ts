import { dirname } from 'node:path'
import type { Files } from '../../ports.ts'
import type { Check } from '../check.ts'
import { ok, problem, skipped, warning } from '../finding.ts'

const MEBIBYTE = 1024 * 1024
/** An archive and what is unpacked from it, side by side. */
const NEEDED = 512 * MEBIBYTE
/** Room for the agent's own work. */
const COMFORTABLE = 2048 * MEBIBYTE

export const disk: Check = {
  id: 'disk',
  group: 'folders',
  title: 'Disk',
  async run({ ports, checkout, toolFolder }) {
    const rooms: { folder: string; free: number }[] = []
    for (const wanted of new Set([checkout, toolFolder, ports.machine.temp])) {
      const folder = await existing(wanted, ports.files)
      const free = await ports.files.freeSpace(folder).catch(() => undefined)
      if (free !== undefined) rooms.push({ folder, free })
    }
    const [tightest] = rooms.sort((a, b) => a.free - b.free)
    if (tightest === undefined) return skipped('the system does not tell how much is free')
    const shown = `${Math.floor(tightest.free / MEBIBYTE)} MiB free on the disk of ${tightest.folder}`
    const repair = `Free space on the disk of ${tightest.folder}.`
    if (tightest.free < NEEDED) return problem('unavailable', shown, repair)
    return tightest.free < COMFORTABLE ? warning(shown, repair) : ok(shown)
  },
}

/** The folder, or the nearest one above it that is there. */
async function existing(folder: string, files: Pick<Files, 'info'>): Promise<string> {
  const info = await files.info(folder).catch(() => undefined)
  const above = dirname(folder)
  return info !== undefined || above === folder ? folder : existing(above, files)
}
