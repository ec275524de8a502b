import { join } from 'node:path'
import { mountOf } from '../../cli/mounts.ts'
import { messageOf } from '../../errors.ts'
import type { Check } from '../check.ts'
import { ok, problem, warning } from '../finding.ts'

export const tempFolder: Check = {
  id: 'temp-folder',
  group: 'folders',
  title: 'Temporary folder',
  async run({ ports: { files, machine }, toolFolder, nameOf }) {
    try {
      const folder = await files.makeTempFolder(join(machine.temp, 'oz-doctor-'))
      try {
        await files.write(join(folder, 'probe'), 'x', { mode: 0o600 })
      } finally {
        await files.remove(folder)
      }
    } catch (error) {
      return problem(
        'unavailable',
        `${machine.temp} cannot be written to: ${messageOf(error)}`,
        'Let TMPDIR name a folder that this user may write to.',
      )
    }
    if (machine.platform !== 'linux') return ok(`${machine.temp} can be written to`)
    const mounts = await files.readText('/proc/mounts').catch(() => '')
    const noexec = (folder: string) => mountOf(folder, mounts)?.options.includes('noexec') === true
    if (noexec(toolFolder)) {
      return problem(
        'unavailable',
        `${toolFolder}, where the CLI is kept, is mounted noexec: nothing in it may run`,
        `Mount it with exec, keep tools on another disk, or give an installed CLI as ${nameOf('ozPath')}.`,
      )
    }
    if (noexec(machine.temp)) {
      return warning(
        `${machine.temp} is mounted noexec: programs that the agent puts there do not run`,
        'Let TMPDIR name a folder on a disk that is mounted with exec.',
      )
    }
    return ok(`${machine.temp} can be written to, programs may run`)
  },
}
