import { join } from 'node:path'
import { messageOf } from '../../errors.ts'
import type { CliContext } from '../cli-context.ts'

/**
 * The folder that installed versions are kept in: the platform's, else the user's cache folder.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function toolFolderOf({
  toolFolder,
  env,
  ports,
}: Pick<CliContext, 'toolFolder' | 'env' | 'ports'>): string {
  if (toolFolder !== undefined) return toolFolder
  const { platform, home } = ports.machine
  const own = platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache')
  return join(env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : own, 'oz-agent')
}

/** The same, or a fresh temporary folder where that one may not be written to and holds nothing to use. */
export async function usableToolFolder(context: CliContext): Promise<string> {
  const folder = toolFolderOf(context)
  const { files, machine } = context.ports
  if ((await files.info(join(folder, 'oz-cli')).catch(() => undefined)) !== undefined) return folder
  try {
    await files.makeFolder(join(folder, 'oz-cli'))
    return folder
  } catch (error) {
    const temporary = await files.makeTempFolder(join(machine.temp, 'oz-cli-'))
    context.say(
      'warning',
      `The tool folder ${folder} cannot be made (${messageOf(error)}): the CLI goes to ${temporary}, which later steps do not find.`,
    )
    return temporary
  }
}
